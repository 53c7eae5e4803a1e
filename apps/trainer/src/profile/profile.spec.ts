import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import { makeTinyPackage } from '@assay/testing';
import { recordingOutput } from '../output.ts';
import { flameGraph } from './flame-graph.ts';
import { frameOf } from './frame.ts';
import { profile, type ProfileRequest } from './profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-profile-spec-'));
beforeAll(async () => {
  await makeTinyPackage(join(folder, 'package'));
  const random = seededRandom('rows');
  const rows = Array.from({ length: 60 }, (_, index) =>
    [random.normal(), random.normal(), index % 2].join(','),
  );
  writeFileSync(join(folder, 'rows.csv'), `a,b,label\n${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'rows.yaml'), JSON.stringify(rowsConfig()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rowsConfig() {
  return {
    name: 'rows',
    data: {
      reader: 'table',
      path: folder,
      tables: [{ file: 'rows.csv' }],
      labelColumn: 'label',
    },
    network: {
      layers: [{ type: 'linear', units: 5 }, { type: 'relu' }, { type: 'linear', units: '$labels' }],
    },
    optimiser: { type: 'adam' },
    schedule: { type: 'constant', learningRate: 0.01 },
    epochs: 1,
    batchSize: 8,
    threads: 1,
  };
}

const ask = (subject: string, more: Partial<ProfileRequest> = {}): ProfileRequest => ({
  subject,
  settings: [],
  registries: [],
  inputs: [],
  runs: 3,
  state: join(folder, 'state'),
  ...more,
});

describe('assay profile', () => {
  it('parts a prediction into its stages, and inference into the operators that ran in it', async () => {
    const output = recordingOutput();
    const trace = join(folder, 'trace.json');
    const flame = join(folder, 'flame.svg');
    const { runs, unit } = await profile(ask(join(folder, 'package'), { trace, flame }), output);
    expect(unit).toBe('prediction');
    expect(runs).toHaveLength(3);
    for (const run of runs) {
      const [whole, ...parts] = run;
      const stages = parts.filter(({ path }) => path.length === 1);
      expect(whole?.path).toEqual([]);
      expect(stages.map(({ path }) => path[0])).toEqual([
        'queue',
        'decode',
        'preprocess',
        'inference',
        'postprocess',
      ]);
      const inference = stages.find(({ path }) => path[0] === 'inference')!;
      const operators = parts.filter(({ operator }) => operator !== undefined);
      expect(operators.length).toBeGreaterThan(0);
      const within = operators.reduce((sum, { duration }) => sum + duration, 0);
      expect(within).toBeLessThanOrEqual(inference.duration);
      expect(stages.reduce((sum, { duration }) => sum + duration, 0)).toBeLessThanOrEqual(whole!.duration);
    }
    expect(output.lines.join('\n')).toMatch(/ {2}inference +\d/);
    expect(readFileSync(flame, 'utf8')).toContain('inference');

    const { traceEvents } = JSON.parse(readFileSync(trace, 'utf8')) as { traceEvents: { ph: string }[] };
    const complete = traceEvents.filter(({ ph }) => ph === 'X');
    expect(complete).toHaveLength(runs.flat().length);
    for (const event of complete)
      expect(event).toMatchObject({ ts: expect.any(Number), dur: expect.any(Number), pid: 1 });
  });

  it('parts a training step into forward pass, backward pass and update, layer by layer', async () => {
    const output = recordingOutput();
    const { runs } = await profile(ask(join(folder, 'rows.yaml')), output);
    const layers = new Set(runs[0]!.map(({ path }) => path.slice(0, 2).join(' ')));
    for (const layer of ['0.linear', '1.relu', '2.linear', 'loss'])
      expect(layers).toContain(`forward ${layer}`);
    for (const layer of ['0.linear', '1.relu', '2.linear']) expect(layers).toContain(`backward ${layer}`);
    expect([...layers].some((layer) => layer.startsWith('update '))).toBe(true);
    expect(output.lines[0]).toMatch(/^rows, batch of 8, 1 threads: /);
    expect(output.notes.at(-1)).toMatch(/^Flame graph: .*rows-batch-of-8-1-threads\.svg$/);
  });

  it('refuses settings for a model', async () => {
    await expect(
      profile(ask(join(folder, 'package'), { settings: ['epochs=1'] }), recordingOutput()),
    ).rejects.toThrow('Only a configuration has settings');
  });
});

describe('frameOf', () => {
  it('takes means over runs, and sums what has no span of its own', () => {
    const run = (a: number, b: number) => [
      { path: [], start: 0, duration: a + b + 1 },
      { path: ['pass', 'A'], start: 0, duration: a },
      { path: ['pass', 'A'], start: 0, duration: a },
      { path: ['pass', 'B'], start: 0, duration: b },
    ];
    expect(frameOf('step', [run(1, 4), run(3, 8)])).toEqual({
      name: 'step',
      duration: 9,
      calls: 1,
      children: [
        {
          name: 'pass',
          duration: 10,
          calls: 3,
          children: [
            { name: 'A', duration: 4, calls: 2, children: [] },
            { name: 'B', duration: 6, calls: 1, children: [] },
          ],
        },
      ],
    });
  });
});

describe('flameGraph', () => {
  const leaf = (name: string, duration: number) => ({ name, duration, calls: 1, children: [] });
  const widths = (svg: string) =>
    [...svg.matchAll(/<title>([^:<]+): .*?<\/title><rect x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g)].map(
      ([, name, x, y, width]) => ({ name, x: Number(x), y: Number(y), width: Number(width) }),
    );

  it('gives each frame a width in proportion to its time, beside its sisters and below its parent', () => {
    const svg = flameGraph(
      { name: 'all', duration: 10, calls: 1, children: [leaf('first', 2.5), leaf('second', 5)] },
      'a & b',
    );
    const [all, first, second] = widths(svg);
    expect(first!.width / all!.width).toBeCloseTo(0.25, 2);
    expect(second!.width / all!.width).toBeCloseTo(0.5, 2);
    expect(second!.x - first!.x).toBeCloseTo(0.25 * 1180, 1);
    expect(first!.y).toBe(all!.y + 20);
    expect(svg).toContain('a &amp; b');
    expect(svg).not.toMatch(/<script|href=/);
  });

  it('shrinks parts that add up to more than the whole', () => {
    const svg = flameGraph(
      { name: 'all', duration: 1, calls: 1, children: [leaf('x', 3), leaf('y', 1)] },
      '',
    );
    const [all, x, y] = widths(svg);
    expect(x!.width + y!.width).toBeLessThanOrEqual(all!.width);
    expect(x!.width / y!.width).toBeCloseTo(3, 1);
  });
});
