import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readWorkspaces, root } from './workspaces.ts';

const libraries = readWorkspaces().filter(({ folder }) => folder.startsWith('libs/'));

describe.each(libraries.map(({ folder }) => folder))('the README of %s', (folder) => {
  it('has an example that runs, and prints what the comments beside it say', () => {
    const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const [, example = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
    const said = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
    expect(said.length).toBeGreaterThan(0);
    const scratch = join(root, '.assay', 'examples');
    mkdirSync(scratch, { recursive: true });
    const file = join(scratch, `${basename(folder)}.ts`);
    writeFileSync(file, example);
    const run = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    // A service logs to standard output too, one JSON object a line.
    const printed = run.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('{"severity"'));
    expect(printed).toEqual(said);
  }, 60_000);
});
