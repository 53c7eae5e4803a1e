import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isSweepFolder, readStoredSweep } from './stored-sweep.ts';

describe('a sweep in its folder', () => {
  let path: string;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'assay-sweep-'));
    await mkdir(join(path, 'trials'));
  });
  afterEach(() => rm(path, { recursive: true }));

  const write = (name: string, value: unknown) => writeFile(join(path, name), JSON.stringify(value));
  const trial = (number: number) => ({ trial: number, values: { rate: 0.1 }, status: 'running', seen: [] });

  it('is one as soon as it says what it looks for', async () => {
    expect(isSweepFolder(path)).toBe(false);
    await write('sweep.json', { config: {}, parameters: {} });
    expect(isSweepFolder(path)).toBe(true);
    expect(await readStoredSweep(path)).toMatchObject({ metric: 'accuracy', parameters: {}, trials: [] });
  });

  it('has its trials in the order of their numbers, and the outcome once there is one', async () => {
    await write('sweep.json', {
      config: { positiveLabel: 'good' },
      parameters: { rate: { type: 'log-uniform', from: 1, to: 2 } },
      somethingNew: 1,
    });
    for (const number of [10, 2, 0]) await write(`trials/trial-0${number}.json`, trial(number));
    const before = await readStoredSweep(path);
    expect(before.trials.map((one) => one.trial)).toEqual([0, 2, 10]);
    expect([before.metric, before.best, before.verdict]).toEqual(['auroc', undefined, undefined]);
    await write('report.json', { best: null, verdict: 'No trial has a result.' });
    expect(await readStoredSweep(path)).toMatchObject({ verdict: 'No trial has a result.' });
  });

  it('that is damaged is told by its place', async () => {
    await write('sweep.json', { config: {}, parameters: {} });
    await writeFile(join(path, 'trials', 'trial-000.json'), '{"trial":');
    await expect(readStoredSweep(path)).rejects.toThrow(`${path} cannot be read as a sweep`);
  });
});
