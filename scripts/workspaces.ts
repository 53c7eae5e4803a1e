import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

export const root = resolve(import.meta.dirname, '..');

/** One folder of `apps/` or `libs/`. */
export interface Workspace {
  /** Path below the repository's root, for example `libs/schema`. */
  folder: string;
  manifest: {
    name: string;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
    nx: { name: string; tags: string[] };
  };
  /** Source files that run, below `folder`: neither specs nor their fixtures. */
  sources: string[];
  /** Source files that are built into a page, and what builds it: what they import need not be there when it is served. */
  builtSources: string[];
}

export function readWorkspaces(): Workspace[] {
  return ['apps', 'libs']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      ) as Workspace['manifest'];
      const isPage = manifest.nx.tags.includes('runtime:web') && existsSync(join(root, folder, 'server'));
      return {
        folder,
        manifest,
        sources: sourcesIn(folder, isPage ? 'server' : 'src'),
        builtSources: isPage ? [...sourcesIn(folder, 'src'), ...sourcesIn(folder, 'scripts')] : [],
      };
    });
}

function sourcesIn(folder: string, part: string): string[] {
  return readdirSync(join(root, folder, part), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(spec|fixture)\.|(^|\/)spec-support\//.test(file))
    .map((file) => `${part}/${file}`);
}

/** Modules that a file needs at run time: `import`, `export … from` and `import()`, without the erased `import type`. */
export function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8').replaceAll(/^(?:import|export) type [^;]*;/gm, '');
  return ts.preProcessFile(code).importedFiles.map(({ fileName }) => fileName);
}

/** `@scope/name/deep` → `@scope/name`, `name/deep` → `name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
