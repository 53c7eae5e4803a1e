import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventBus } from '@assay/event-bus';
import { modelDigest, openRegistry } from '@assay/model-registry';
import { seededRandom } from '@assay/random';
import type { CloudEvent } from '@assay/schema';
import { recordingOutput } from '../output.ts';
import { compare } from './compare.ts';
import { promote } from './promote.ts';
import { train } from './train.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-promote-'));
const registries = [join(folder, 'registry')];
const registry = openRegistry(registries[0]!);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Grades 1 to 3 by a sum. */
function writeConfig(name: string, features: string[], learningRate = 0.05): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    JSON.stringify({
      name: 'grades',
      ordinal: true,
      data: {
        reader: 'table',
        path: join(folder, 'table'),
        tables: [{ file: 'rows.csv' }],
        labelColumn: 'grade',
        features,
      },
      slices: [features[0]],
      network: { layers: [{ type: 'linear', units: '$labels' }] },
      optimiser: { type: 'adam' },
      schedule: { type: 'constant', learningRate },
      epochs: 8,
      batchSize: 32,
      threads: 1,
      int8: null,
      scopeGate: null,
      registry: registries[0],
    }),
  );
  return path;
}

const trainAs = (config: string, version: string) =>
  train(
    { config, settings: [`version=${version}`], pack: true, state: join(folder, 'state') },
    { output: recordingOutput(), signal: new AbortController().signal },
  );

beforeAll(async () => {
  const random = seededRandom('grades');
  const lines = Array.from({ length: 600 }, () => {
    const [x, y] = [random.normal(), random.normal()];
    const sum = x + y;
    return `${x},${y},${sum < -0.6 ? 1 : sum < 0.6 ? 2 : 3}`;
  });
  mkdirSync(join(folder, 'table'));
  writeFileSync(join(folder, 'table', 'rows.csv'), ['x,y,grade', ...lines].join('\n'));
  const whole = writeConfig('whole', ['x', 'y']);
  await trainAs(whole, 'again');
  await trainAs(writeConfig('blind', ['x', 'y'], 1e-6), 'blind');
  await trainAs(writeConfig('narrow', ['x']), 'narrow');
  await trainAs(whole, 'good');
});

function request(reference: string, more: Partial<Parameters<typeof promote>[0]> = {}) {
  return {
    reference,
    alias: 'champion' as const,
    force: false,
    metric: 'accuracy',
    seed: 1,
    registries,
    state: join(folder, 'state'),
    ...more,
  };
}

describe('a package', () => {
  it('has the same digest and the same pictures as that of a second run', async () => {
    const [first, second] = [
      await registry.resolve('grades', 'good'),
      await registry.resolve('grades', 'again'),
    ];
    expect(first.manifest.modelDigest).toBe(second.manifest.modelDigest);
    expect(modelDigest(first.manifest)).toBe(first.manifest.modelDigest);
    const blind = await registry.resolve('grades', 'blind');
    expect(blind.manifest.modelDigest).not.toBe(first.manifest.modelDigest);
    const figures = readdirSync(join(first.folder, 'figures')).sort();
    expect(figures).toEqual(['confusion.svg', 'learning-curve.svg', 'reliability.svg', 'risk-coverage.svg']);
    for (const name of figures)
      expect(readFileSync(first.path(`figures/${name}`), 'utf8')).toBe(
        readFileSync(second.path(`figures/${name}`), 'utf8'),
      );
  });

  it('has a card that shows its pictures and its digest, and a manifest with every figure', async () => {
    const model = await registry.resolve('grades', 'good');
    const { manifest } = model;
    const card = await model.card();
    expect(card).toContain(manifest.modelDigest);
    for (const { path } of manifest.files.filter((file) => file.path.startsWith('figures/')))
      expect(card).toContain(`](${path})`);
    const evaluation = manifest.evaluation!;
    expect(evaluation.metrics.quadraticWeightedKappa!.interval).toHaveLength(2);
    expect(card).toContain('quadraticWeightedKappa');
    expect(evaluation.rows).toBe(evaluation.confusion.flat().reduce((sum, count) => sum + count, 0));
    expect(evaluation.slices.map(({ property }) => property)).toEqual(['x', 'x', 'x', 'x']);
    expect(card).toContain('## Where it is weaker');
    expect(evaluation.robustness).toBeUndefined();
    // A row of the confusion matrix stands on one line.
    const text = readFileSync(join(model.folder, 'manifest.json'), 'utf8');
    expect(text).toContain(`[${evaluation.confusion[0]!.join(', ')}]`);
  });
});

describe('compare', () => {
  it('says on the held-back rows which of two models is better', async () => {
    const output = recordingOutput();
    const result = await compare(
      {
        first: 'grades@blind',
        second: 'grades@good',
        constants: {},
        metric: 'accuracy',
        seed: 1,
        registries,
        state: join(folder, 'state'),
        json: false,
      },
      output,
    );
    expect(result.verdict).toBe('better');
    expect(result.rows).toBeGreaterThanOrEqual(85);
    expect(output.lines.at(-1)).toMatch(/^grades@good is better than grades@blind: accuracy/);
  });

  it('compares models of different features on data that has them all', async () => {
    const result = await compare(
      {
        first: 'grades@narrow',
        second: 'grades@good',
        data: join(folder, 'table', 'rows.csv'),
        labelColumn: 'grade',
        constants: {},
        metric: 'quadraticWeightedKappa',
        seed: 1,
        registries,
        state: join(folder, 'state'),
        json: true,
      },
      recordingOutput(),
    );
    expect(result).toMatchObject({ rows: 600, verdict: 'better' });
  });
});

describe('train', () => {
  it('puts a model in the place of one that is not better, and a worse one beside it', async () => {
    await registry.setAlias('grades', 'champion', 'again');
    await trainAs(join(folder, 'whole.yaml'), 'good-too');
    expect(await registry.alias('grades', 'champion')).toBe('good-too');
    await trainAs(join(folder, 'blind.yaml'), 'blind-too');
    expect(await registry.alias('grades', 'champion')).toBe('good-too');
    expect(await registry.alias('grades', 'challenger')).toBe('blind-too');
  });
});

describe('promote', () => {
  it('refuses a version that is worse, and takes it when forced', async () => {
    await registry.setAlias('grades', 'champion', 'good');
    const output = recordingOutput();
    await expect(promote(request('grades@blind'), output)).rejects.toMatchObject({ code: 'weaker-model' });
    expect(output.lines[0]).toMatch(/^grades@blind is worse than grades@good: accuracy/);
    expect(await registry.alias('grades', 'champion')).toBe('good');
    await promote(request('grades@blind', { force: true }), output);
    expect(await registry.alias('grades', 'champion')).toBe('blind');
    expect(output.lines.at(-1)).toBe('grades@blind is the champion in place of good.');
  });

  it('takes a better one, one that cannot be told apart, and says when there is nothing to do', async () => {
    await registry.setAlias('grades', 'champion', 'blind');
    const output = recordingOutput();
    await promote(request('grades@good'), output);
    await promote(request('grades@again'), output);
    expect(output.lines).toContainEqual(
      expect.stringMatching(/^No difference between grades@good and grades@again/),
    );
    expect(await registry.alias('grades', 'champion')).toBe('again');
    await promote(request('grades@again'), output);
    expect(output.lines.at(-1)).toBe('grades@again is the champion already.');
  });

  it('tells the event bus what was put in whose place', async () => {
    await registry.setAlias('grades', 'champion', 'blind');
    const events = `sqlite:${join(folder, 'events.db')}`;
    await promote(request('grades@good', { events }), recordingOutput());
    const bus = await openEventBus(events);
    const event = await new Promise<CloudEvent>((resolve) => {
      bus.subscribe('models', 'a-test', (delivery) => {
        delivery.ack();
        resolve(delivery.event);
      });
    });
    await bus.close();
    expect(event).toMatchObject({ type: 'assay.model.promoted.v1', source: '/assay', subject: 'grades' });
    expect(event.data).toEqual({ model: 'grades', alias: 'champion', version: 'good', previous: 'blind' });
  });

  it('holds where the event bus cannot be told, and says so', async () => {
    await registry.setAlias('grades', 'champion', 'blind');
    const output = recordingOutput();
    await promote(request('grades@good', { events: 'kafka://broker' }), output);
    expect(await registry.alias('grades', 'champion')).toBe('good');
    expect(output.notes.at(-1)).toMatch(/^The event bus was not told \(.*kafka/);
  });

  it('makes a challenger without a comparison', async () => {
    await registry.setAlias('grades', 'champion', 'good');
    const output = recordingOutput();
    await promote(request('grades@blind', { alias: 'challenger' }), output);
    expect(output.lines).toEqual([expect.stringMatching(/^grades@blind is the challenger/)]);
    expect(await registry.alias('grades', 'champion')).toBe('good');
  });

  it('goes by the manifests where the data is gone, and says so', async () => {
    await registry.setAlias('grades', 'champion', 'good');
    const output = recordingOutput();
    const table = join(folder, 'table');
    renameSync(table, `${table}-away`);
    try {
      await expect(promote(request('grades@blind'), output)).rejects.toMatchObject({ code: 'weaker-model' });
    } finally {
      renameSync(`${table}-away`, table);
    }
    expect(output.notes[0]).toMatch(/^Not compared on the same inputs: There is no data at/);
    expect(output.lines[0]).toContain('as their manifests say');
    expect(statSync(table).isDirectory()).toBe(true);
  });

  it('goes by the manifests where the models do not take the same features', async () => {
    await registry.setAlias('grades', 'champion', 'good');
    const output = recordingOutput();
    await expect(promote(request('grades@narrow'), output)).rejects.toMatchObject({ code: 'weaker-model' });
    expect(output.notes[0]).toContain('take different features (x, y; x)');
  });

  it('asks for a version that there is', async () => {
    await expect(promote(request('grades'), recordingOutput())).rejects.toThrow('Expected name@version');
    await expect(promote(request('grades@9'), recordingOutput())).rejects.toMatchObject({
      code: 'unknown-version',
    });
  });
});
