import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import type { TrialRecord } from '@assay/training-runs';
import { recordingOutput } from '../output.ts';
import { parseSlice } from './slice.ts';
import { sweep, type SweepRequest } from './sweep.ts';
import type { SweepReport } from './sweep-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-sweep-'));
const minutes = 60_000;

beforeAll(() => {
  const random = seededRandom('sweep-data');
  const lines = Array.from({ length: 160 }, () => {
    const [x, y] = [random.normal(), random.normal()];
    return `${x},${y},${x * y + 0.2 * random.normal() > 0 ? 'same' : 'other'}`;
  });
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'rows.csv'), ['x,y,label', ...lines].join('\n'));
  writeFileSync(
    join(folder, 'base.yaml'),
    JSON.stringify({
      name: 'signs',
      data: {
        reader: 'table',
        path: join(folder, 'data'),
        tables: [{ file: 'rows.csv' }],
        labelColumn: 'label',
      },
      network: {
        layers: [{ type: 'linear', units: 8 }, { type: 'tanh' }, { type: 'linear', units: '$labels' }],
      },
      optimiser: { type: 'sgd' },
      schedule: { type: 'constant', learningRate: 0.001 },
      epochs: 4,
      batchSize: 16,
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a sweep over the learning rate and the width. @returns The path of its file. */
function sweepFile(changes: Record<string, unknown> = {}): string {
  const path = join(folder, `sweep-${readdirSync(folder).length}.yaml`);
  const parameters = {
    'schedule.learningRate': { type: 'log-uniform', from: 0.001, to: 0.5 },
    'network.layers.0.units': { type: 'int', from: 2, to: 16 },
  };
  writeFileSync(
    path,
    JSON.stringify({
      name: 'signs',
      base: 'base.yaml',
      runs: 4,
      method: { type: 'random' },
      parameters,
      ...changes,
    }),
  );
  return path;
}

async function run(request: Partial<SweepRequest> & Pick<SweepRequest, 'config' | 'state'>) {
  const output = recordingOutput();
  const report = await sweep(
    { fresh: false, json: false, ...request, state: join(folder, request.state) },
    { output, signal: new AbortController().signal },
  );
  return { report, output };
}

function recordsIn(state: string): TrialRecord[] {
  const path = join(folder, state, 'sweeps', 'signs', 'trials');
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(path, file), 'utf8')) as TrialRecord);
}

/** What does not depend on the clock or the place. */
function outcome({ trials, best, test, verdict }: SweepReport) {
  return { best, test, verdict, trials: trials.map(({ seconds: _, run: __, ...trial }) => trial) };
}

describe('a sweep', () => {
  it(
    'ranks its trials beside the default configuration, and looks at the test part for two of them',
    async () => {
      const { report, output } = await run({ config: sweepFile({ parallel: 2 }), state: 'plain' });
      expect(report.open).toBe(0);
      expect(report.trials.map(({ trial }) => trial).sort()).toEqual([0, 1, 2, 3, 4]);
      const values = report.trials.map(({ value }) => value ?? Number.NaN);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      expect(report.best).toBe(report.trials[0]!.trial);
      // Without a bend in it, the default configuration hardly learns at all in four epochs.
      expect(report.beatsDefault.validation).toBe(true);
      expect(report.beatsDefault.test).toBe(report.test!.best > report.test!.default);
      expect(report.verdict).toMatch(
        /^Trial \d beats the default configuration on validation \(accuracy 0\.\d{4} against 0\.\d{4}\), (and beats|but does not beat) it on test/,
      );
      expect(report.verdict).toMatch(/the default configuration\b.* on 24 inputs/);
      expect(output.lines[0]).toMatch(
        /trial +accuracy +logLoss +epoch +seconds +status +learningRate +units/,
      );
      expect(output.lines[1]).toMatch(new RegExp(`^\\* +${report.best} `));
      expect(output.lines.filter((line) => line.includes('default '))).toHaveLength(2);
      const picture = readFileSync(
        join(folder, 'plain', 'sweeps', 'signs', 'parallel-coordinates.svg'),
        'utf8',
      );
      for (const text of ['<svg', 'learningRate', 'units', 'accuracy']) expect(picture).toContain(text);
      expect(existsSync(join(report.trials[0]!.run, 'config.yaml'))).toBe(true);
      expect(report.command).toContain('assay train');

      const again = await run({ config: sweepFile({ parallel: 2 }), state: 'plain', json: true });
      expect(JSON.parse(again.output.lines[0]!)).toEqual(JSON.parse(JSON.stringify(report)));
      const more = await run({ config: sweepFile({ parallel: 2, runs: 5 }), state: 'plain' });
      expect(more.report.trials).toHaveLength(6);
      expect(more.output.notes.filter((note) => note.startsWith('Trial'))).toHaveLength(1);
      await expect(run({ config: sweepFile({ seed: 2 }), state: 'plain' })).rejects.toThrow(
        'begun with other: seed. Give this one another name, or begin anew with --fresh',
      );
      const fresh = await run({ config: sweepFile({ seed: 2, runs: 1 }), state: 'plain', fresh: true });
      expect(fresh.report.trials).toHaveLength(2);
    },
    4 * minutes,
  );

  it(
    'killed in the middle of a trial and begun again, repeats nothing and ends as without',
    async () => {
      const config = sweepFile({
        runs: 5,
        settings: ['epochs=60'],
        method: { type: 'tpe', startup: 2 },
        earlyTermination: { type: 'median', startEpoch: 5, minimumTrials: 2 },
      });
      const whole = await run({ config, state: 'whole' });
      const main = resolve(import.meta.dirname, '../main.ts');
      const state = join(folder, 'killed');
      const child = spawn(process.execPath, [main, 'sweep', config, '--state', state], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      const progress = join(state, 'sweeps', 'signs', 'runs', 'trial-003', 'progress.json');
      while (!existsSync(progress)) {
        await pause(1);
        if (child.exitCode !== null) throw new Error('The sweep ended before it could be killed.');
      }
      child.kill('SIGKILL');
      await ended;
      const before = recordsIn('killed');
      expect(before.map(({ status }) => status)).toEqual([
        ...before.slice(0, 3).map(({ status }) => status),
        'running',
      ]);
      const log = (trial: number) =>
        readFileSync(join(state, 'sweeps', 'signs', 'runs', `trial-00${trial}`, 'run.log'), 'utf8');
      const logs = [0, 1, 2].map(log);

      const { report } = await run({ config, state: 'killed' });
      expect(outcome(report)).toEqual(outcome(whole.report));
      expect(recordsIn('killed').slice(0, 3)).toEqual(before.slice(0, 3));
      expect([0, 1, 2].map(log)).toEqual(logs);
      expect(log(3)).toContain('Going on from epoch');
    },
    4 * minutes,
  );

  it(
    'run in slices on shared state makes the trials of the whole, and concludes with the last',
    async () => {
      const whole = await run({ config: sweepFile(), state: 'unsliced' });
      const first = await run({ config: sweepFile(), state: 'sliced', slice: parseSlice('0/2') });
      expect(first.report.trials.map(({ trial }) => trial).sort()).toEqual([0, 2, 4]);
      expect(first.report.open).toBe(2);
      expect(first.report.verdict).toBe('2 of 5 trials have not ended; the sweep says nothing yet.');
      expect(first.report.test).toBeNull();
      const second = await run({ config: sweepFile(), state: 'sliced', slice: parseSlice('1/2') });
      expect(outcome(second.report)).toEqual(outcome(whole.report));
    },
    4 * minutes,
  );

  it(
    'goes on where the values of a trial make its loss no number, and says so',
    async () => {
      const parameters = { 'schedule.learningRate': { type: 'choice', values: [0.1, 1e30] } };
      const settings = ['network.layers.1.type=relu'];
      const config = sweepFile({ method: { type: 'grid' }, settings, parameters });
      const { report, output } = await run({ config, state: 'diverging' });
      expect(report.trials.map(({ status }) => status)).toEqual(['finished', 'finished', 'failed']);
      expect(output.notes.join('\n')).toMatch(/Trial \d\/2 failed: The loss became/);
    },
    2 * minutes,
  );

  it(
    'stops trials that lag behind the median',
    async () => {
      const config = sweepFile({
        runs: 4,
        settings: ['epochs=12'],
        method: { type: 'grid' },
        earlyTermination: { type: 'median', startEpoch: 3, minimumTrials: 1 },
        parameters: { 'schedule.learningRate': { type: 'choice', values: [0.3, 0.2, 1e-7, 2e-7] } },
      });
      await run({ config, state: 'behind' });
      const stopped = recordsIn('behind').filter(({ status }) => status === 'stopped');
      expect(stopped.length).toBeGreaterThan(0);
      for (const { points } of stopped) expect(points.length).toBeLessThan(12);
      expect(stopped.every(({ values }) => Number(values['schedule.learningRate']) < 1e-6)).toBe(true);
    },
    2 * minutes,
  );

  it('is refused before the first trial if a key is misspelt or a value cannot be', async () => {
    const parameters = {
      'schedule.learningrate': { type: 'uniform', from: 0.1, to: 1 },
      batchSize: { type: 'int', from: 0, to: 8 },
    };
    const attempt = run({ config: sweepFile({ parameters }), state: 'misspelt' });
    await expect(attempt).rejects.toMatchObject({ code: 'invalid-configuration' });
    await expect(attempt).rejects.toThrow(/did you mean "learningRate"[^]*parameters\.batchSize = 0: /);
    await expect(
      run({ config: sweepFile({ method: { type: 'grids' } }), state: 'misspelt' }),
    ).rejects.toThrow(/method.type .*expected one of grid, random, tpe/);
    expect(recordsIn('misspelt')).toEqual([]);
  });
});
