import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readWorkspaces, root } from './workspaces.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const records = readdirSync(join(root, 'docs/adr')).filter((file) => /^\d{4}-/.test(file));
const workspaces = readWorkspaces();
const pages = [
  'README.md',
  'AGENTS.md',
  'docs/README.md',
  'docs/adr/README.md',
  'infra/README.md',
  ...records.map((file) => `docs/adr/${file}`),
  ...workspaces.map(({ folder }) => `${folder}/README.md`),
];

describe.each(pages)('%s', (page) => {
  it('links only to files that exist', () => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target!);
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  it('names only npm scripts and configurations that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name!);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
    // NAME stands for any.
    const configurations = [...read(page).matchAll(/(?<![\w/])configs\/(?!NAME)[\w-]+\.yaml/g)].map(
      ([path]) => path,
    );
    expect(configurations.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('AGENTS.md', () => {
  it('lists every project with its layer and runtime, and no other', () => {
    const rows = [...read('AGENTS.md').matchAll(/^\| `((?:apps|libs)\/[\w-]+)` +\| (\w+) · (\w+)/gm)];
    expect(rows.map(([, folder, layer, runtime]) => `${folder} ${layer} ${runtime}`).toSorted()).toEqual(
      workspaces
        .map(({ folder, manifest }) =>
          [folder, ...manifest.nx.tags.toSorted().map((tag) => tag.replace(/^\w+:/, ''))].join(' '),
        )
        .toSorted(),
    );
  });
});

describe('docs/adr/README.md', () => {
  it('lists every decision', () => {
    const listed = [...read('docs/adr/README.md').matchAll(/\]\((\d{4}-[\w-]+\.md)\)/g)].map(
      ([, file]) => file,
    );
    expect(listed).toEqual(records.toSorted());
  });
});
