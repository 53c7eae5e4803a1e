import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

describe('the README', () => {
  it('has an example that prints what it says', () => {
    const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
    const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const said = /console\.log\(.*\); \/\/ (.*)/.exec(example)?.[1];
    const run = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', example], {
      cwd: join(__dirname, '..'),
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain(`\n${said}\n`);
  });
});
