import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { importsOf, packageOf, readWorkspaces, root } from './workspaces.ts';
import type { Workspace } from './workspaces.ts';

const workspaces = readWorkspaces();

describe.each(workspaces.map((workspace) => [workspace.folder, workspace] as const))(
  '%s',
  (_folder, workspace) => {
    const { folder, sources, builtSources, manifest } = workspace;
    const pathsOf = (names: readonly string[]) => names.map((source) => join(root, folder, source));
    const declared = Object.keys(manifest.dependencies ?? {});
    const declaredForBuilding = Object.keys(manifest.devDependencies ?? {});
    const importedBy = (files: readonly string[]) =>
      pathsOf(files)
        .flatMap((file) => importsOf(file))
        .filter(
          (name) => !name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name),
        )
        .map(packageOf);
    const notNamedIn = (files: readonly string[], packages: readonly string[]) => {
      const code = pathsOf(files)
        .map((file) => readFileSync(file, 'utf8'))
        .join('\n');
      return packages.filter((name) => !new RegExp(`['"]${name}['"/]`).test(code));
    };

    it('declares every package that it imports, so that an image with only its dependencies runs', () => {
      expect(declared).toEqual(expect.arrayContaining([...new Set(importedBy(sources))]));
      expect([...declared, ...declaredForBuilding]).toEqual(
        expect.arrayContaining([...new Set(importedBy(builtSources))]),
      );
    });

    it('imports every package that it declares', () => {
      expect(notNamedIn(sources, declared)).toEqual([]);
      // Elsewhere they are what tests and generators of fixtures use.
      const built = builtSources.length === 0 ? [] : declaredForBuilding;
      expect(
        notNamedIn(
          builtSources,
          built.filter((name) => !name.startsWith('@types/')),
        ),
      ).toEqual([]);
    });

    it('has no circle among its files', () => {
      expect(findCircle(workspace)).toEqual([]);
    });
  },
);

/** The first chain of run-time imports that comes back to its start; empty when there is none. */
function findCircle({ folder, sources, builtSources }: Workspace): string[] {
  const next = new Map(
    [...sources, ...builtSources].map((source) => [
      source,
      importsOf(join(root, folder, source))
        .filter((name) => name.startsWith('.'))
        .map((name) => join(dirname(source), name)),
    ]),
  );
  const clear = new Set<string>();
  const visit = (file: string, trail: string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (clear.has(file)) return [];
    for (const target of next.get(file) ?? []) {
      const circle = visit(target, [...trail, file]);
      if (circle.length > 0) return circle;
    }
    clear.add(file);
    return [];
  };
  for (const source of [...sources, ...builtSources]) {
    const circle = visit(source, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

describe('the monorepo', () => {
  it.each(['lint', 'typecheck', 'test'])('has the Nx target %s in every project', (target) => {
    const output = execFileSync(
      join(root, 'node_modules/.bin/nx'),
      ['show', 'projects', '--with-target', target, '--json'],
      { cwd: root, encoding: 'utf8' },
    );
    expect((JSON.parse(output) as string[]).toSorted()).toEqual(
      workspaces.map(({ manifest }) => manifest.nx.name).toSorted(),
    );
  });

  it('tags every project with one layer and one runtime, without which no boundary holds', () => {
    for (const { manifest } of workspaces) {
      expect(manifest.nx.tags.toSorted()).toEqual([
        expect.stringMatching(/^layer:(app|domain|technology|contract|testing)$/),
        expect.stringMatching(/^runtime:(web|node|universal)$/),
      ]);
    }
  });

  it('pins onnxruntime-node exactly and keeps its download script from running', () => {
    const runtime = workspaces.find(({ folder }) => folder === 'libs/model-runtime')!;
    expect(runtime.manifest.dependencies?.['onnxruntime-node']).toMatch(/^\d+\.\d+\.\d+$/);
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      allowScripts: Record<string, boolean>;
    };
    expect(manifest.allowScripts['onnxruntime-node']).toBe(false);
  });

  it('names no registry host in the lock file, so that any mirror serves it', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:/);
  });
});
