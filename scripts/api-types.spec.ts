import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { root } from './workspaces.ts';

describe('npm run api-types', () => {
  it('would write what is there already: the page knows the services as they are', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/api-types.ts', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }, 120_000);
});
