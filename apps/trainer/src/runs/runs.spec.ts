import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readStoredRun } from '@assay/training-runs';
import { recordingOutput } from '../output.ts';
import { buildProgram } from '../program.ts';
import { writeRun } from '../spec-support/write-run.ts';
import { compareRuns } from './compare-runs.ts';
import { parseCondition, sortBy } from './condition.ts';
import { findRuns } from './find-runs.ts';
import { textTable } from './text-table.ts';

const state = mkdtempSync(join(tmpdir(), 'assay-runs-'));
const runs = join(state, 'runs');
afterAll(() => rmSync(state, { recursive: true, force: true }));
beforeAll(() => {
  writeRun(join(runs, 'wine-20261120-080000'), { rate: 0.01, accuracies: [0.4, 0.6, 0.5] });
  writeRun(join(runs, 'wine-20261120-090000'), { rate: 0.1, accuracies: [0.3, 0.7], finished: false });
  writeRun(join(runs, 'birds-20261119-080000'), { rate: 0.01, accuracies: [0.2] });
});

async function assay(...words: string[]) {
  const output = recordingOutput();
  const program = buildProgram({ output, signal: new AbortController().signal, exit: () => undefined });
  await program.parseAsync(['runs', ...words, '--state', state], { from: 'user' });
  return output;
}
const names = (json: string) => (JSON.parse(json) as { name: string }[]).map(({ name }) => name);

describe('assay runs', () => {
  it('lists runs in the order in which they were begun', async () => {
    const { lines } = await assay();
    expect(lines.map((line) => line.split(/\s{2,}/).slice(0, 6))).toEqual([
      ['run', 'started', 'state', 'epochs', 'best', 'at'],
      ['birds-20261119-080000', '2026-11-19 08:00', 'finished', '1/3', 'accuracy 0.2', 'epoch 1'],
      ['wine-20261120-080000', '2026-11-20 08:00', 'finished', '3/3', 'accuracy 0.6', 'epoch 2'],
      ['wine-20261120-090000', '2026-11-20 09:00', 'interrupted', '2/3', 'accuracy 0.7', 'epoch 2'],
    ]);
    expect(lines[1]).toContain('dddddddd  cccccccc');
  });

  it('filters by facts, settings and metrics, and sorts', async () => {
    const json = async (...words: string[]) => names((await assay('--json', ...words)).lines.join('\n'));
    expect(await json('--where', 'name~WINE', 'best>=0.65')).toEqual(['wine-20261120-090000']);
    expect(await json('--where', 'schedule.learningRate=0.01', '--sort', '-best')).toEqual([
      'wine-20261120-080000',
      'birds-20261119-080000',
    ]);
    expect(await json('--where', 'validation.accuracy<0.3')).toEqual(['birds-20261119-080000']);
    expect(await json('wine', '--where', 'state!=finished')).toEqual(['wine-20261120-090000']);
  });

  it('puts runs side by side: what differs in the making, and what came of it', async () => {
    const { lines } = await assay('wine', '--compare');
    expect(lines[0]).toMatch(/^\s+wine-20261120-080000\s+wine-20261120-090000$/);
    expect(lines).toContainEqual(expect.stringMatching(/^schedule\.learningRate\s+0\.01\s+0\.1$/));
    expect(lines).toContainEqual(expect.stringMatching(/^validation\.accuracy\s+0\.6\s+0\.7$/));
    expect(lines.join('\n')).not.toContain('optimiser.type');
    const { differences, metrics } = compareRuns(
      await findRuns(['wine', 'birds'], { state, note: () => undefined }),
    );
    expect(differences['schedule.learningRate']).toEqual([0.01, 0.1, 0.01]);
    expect(metrics.bestEpoch).toEqual([2, 2, 1]);
  });

  it('says which runs there are when one is not known', async () => {
    await expect(assay('nothing')).rejects.toThrow(/no run "nothing".*birds-20261119-080000, wine-/);
    await expect(assay('--where', 'best')).rejects.toThrow('Expected a condition such as');
  });

  it('lists the others when one cannot be read, and says which', async () => {
    const broken = join(runs, 'broken-20261101-000000');
    mkdirSync(broken);
    writeFileSync(join(broken, 'config.yaml'), 'epochs: 3');
    writeFileSync(join(broken, 'run.json'), '{"comm');
    const { lines, notes } = await assay();
    rmSync(broken, { recursive: true });
    expect(lines).toHaveLength(4);
    expect(notes).toEqual([expect.stringContaining('broken-20261101-000000 cannot be read')]);
  });
});

describe('readStoredRun', () => {
  it('tells a run that goes on from one whose process is gone', async () => {
    const path = join(state, 'states');
    writeRun(path, { rate: 1, accuracies: [0.5], finished: false });
    const write = (status: unknown) => writeFileSync(join(path, 'status.json'), JSON.stringify(status));
    const stateNow = async () => (await readStoredRun(path)).state;
    write({ state: 'running', pid: process.pid, host: hostname() });
    expect(await stateNow()).toBe('running');
    // No process has so high a number (the kernel's limit is 2^22).
    write({ state: 'running', pid: 2 ** 30, host: hostname() });
    expect(await stateNow()).toBe('interrupted');
    write({ state: 'running', pid: 2 ** 30, host: 'another machine' });
    expect(await stateNow()).toBe('running');
    write({ state: 'failed', pid: 1, host: 'x' });
    expect(await stateNow()).toBe('failed');
  });

  it('reads past a last line that a crash cut off', async () => {
    const path = join(state, 'cut');
    writeRun(path, { rate: 1, accuracies: [0.5, 0.6] });
    appendFileSync(join(path, 'metrics.jsonl'), '{"epoch":3,"lo');
    expect((await readStoredRun(path)).epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
  });
});

describe('conditions and order', () => {
  it.each([
    ['epochs>9', { epochs: 10 }, true],
    ['epochs>9', { epochs: 9 }, false],
    ['epochs<=9', { epochs: 9 }, true],
    ['name=10', { name: '10' }, true],
    ['best=0.50', { best: 0.5 }, true],
    ['best>0', { best: null }, false],
    ['best!=0', {}, true],
    ['started>=2026-11-20', { started: '2026-11-20T08:00:00Z' }, true],
    ['epochs>many', { epochs: 9 }, false],
  ])('%s of %j is %s', (condition, values, expected) => {
    expect(parseCondition(condition)(values)).toBe(expected);
  });

  it('puts what has no value last, whichever way', () => {
    const items = [{ v: 2 }, { v: null }, { v: 10 }];
    expect(sortBy(items, 'v', (item) => item).map(({ v }) => v)).toEqual([2, 10, null]);
    expect(sortBy(items, '-v', (item) => item).map(({ v }) => v)).toEqual([10, 2, null]);
  });

  it('shows names that would steer a terminal as text', () => {
    expect(
      textTable([
        ['a\u001b[2Jb', 'x'],
        ['c\u202ed', 'y'],
      ]),
    ).toEqual(['a\ufffd[2Jb  x', 'c\ufffdd     y']);
  });
});
