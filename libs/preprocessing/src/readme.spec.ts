import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

describe('the README', () => {
  it('shows an example that prints what the comments beside it say', () => {
    const folder = join(import.meta.dirname, '..');
    const [, example = ''] = /```ts\n([^]*?)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
    const said = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
    expect(said).toHaveLength(3);
    const run = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', example], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe(`${said.join('\n')}\n`);
  });
});
