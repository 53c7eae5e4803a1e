import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { interrupted } from '../command-context.ts';
import { recordingOutput } from '../output.ts';
import { buildProgram } from '../program.ts';

describe('assay data', () => {
  it('pulls, verifies and pushes, and tells the outcome by its status', async () => {
    const root = await mkdtemp(join(tmpdir(), 'assay-data-'));
    const configs = join(root, 'configs');
    const target = join(root, 'set');
    await mkdir(configs);
    await mkdir(join(root, 'source'));
    await writeFile(join(root, 'source/a.txt'), 'a');
    await writeFile(
      join(configs, 'set.yaml'),
      `description: A test.\nterms: None.\ntarget: ${target}\nsources: [{ type: url, url: 'file:${join(root, 'source')}' }]\n`,
    );
    const output = recordingOutput();
    const statuses: number[] = [];
    const stop = new AbortController();
    const run = (...words: string[]) =>
      buildProgram({ output, signal: stop.signal, exit: (status) => statuses.push(status) }).parseAsync(
        ['data', ...words, '--configs', configs],
        { from: 'user' },
      );
    await run('pull', 'set', '--pin', '--state', join(root, 'state'));
    await run('verify', 'set');
    expect(statuses).toEqual([]);
    await run('push', 'set', '--to', `file:${join(root, 'bucket')}`);
    expect(output.lines.at(-1)).toMatch(/^set [0-9a-f]{64}: 1 files, 1 of them new in file:/);

    await writeFile(join(target, 'a.txt'), 'b');
    await run('verify', 'set');
    expect(statuses).toEqual([1]);

    stop.abort();
    await run('push', 'set', '--to', `file:${join(root, 'bucket')}`);
    expect(statuses).toEqual([1, interrupted]);
    expect(output.notes.at(-1)).toMatch(/^Stopped\. What has been sent is kept/);
    await rm(root, { recursive: true });
  });
});
