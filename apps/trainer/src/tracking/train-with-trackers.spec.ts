import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import { readStoredRun } from '@assay/training-runs';
import { train } from '../commands/train.ts';
import { recordingOutput } from '../output.ts';
import { mlflowFake } from './spec-support/mlflow-fake.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-tracked-'));
const config = join(folder, 'rows.yaml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  const random = seededRandom('tracked');
  const rows = Array.from({ length: 120 }, () => {
    const [x, y] = [random.normal(), random.normal()];
    return `${x},${y},${x + y + 0.5 * random.normal() > 0 ? 'high' : 'low'}`;
  });
  mkdirSync(join(folder, 'rows'));
  writeFileSync(join(folder, 'rows', 'rows.csv'), ['x,y,label', ...rows].join('\n'));
  writeFileSync(
    config,
    JSON.stringify({
      name: 'rows',
      version: '1.0.0',
      data: {
        reader: 'table',
        path: join(folder, 'rows'),
        tables: [{ file: 'rows.csv' }],
        labelColumn: 'label',
      },
      network: { layers: [{ type: 'linear', units: '$labels' }] },
      optimiser: { type: 'adam' },
      schedule: { type: 'cosine', learningRate: 0.05 },
      epochs: 3,
      batchSize: 20,
      threads: 1,
      int8: null,
    }),
  );
});

async function run(name: string, trackers: unknown[]) {
  const output = recordingOutput();
  const own = join(folder, `${name}.yaml`);
  const registry = join(folder, name, 'registry');
  writeFileSync(own, JSON.stringify({ defaults: ['rows'], trackers, registry }));
  const result = await train(
    { config: own, settings: [], pack: true, state: join(folder, name) },
    { output, signal: new AbortController().signal },
  );
  return { ...result, output };
}
const lines = (path: string) =>
  readFileSync(join(path, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown> & { validation: Record<string, number> });

describe('training with trackers', () => {
  it('tells the folder and the server the same, from the configuration to the package', async () => {
    await using server = await mlflowFake();
    const {
      run: path,
      package: packed,
      output,
    } = await run('told', [{ type: 'mlflow', url: server.url, experiment: 'rows' }]);
    const local = lines(path);
    expect(local.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    // Cosine to 0 over all steps: the last step's rate is 0.
    expect(local.at(-1)).toMatchObject({ learningRate: 0 });
    for (const record of local) {
      expect(record).toMatchObject({ cpuCores: expect.any(Number), rssBytes: expect.any(Number) });
      expect(record.validation.macroPrecision).toBeGreaterThanOrEqual(0);
      expect(record.validation.macroRecall).toBeLessThanOrEqual(1);
    }
    const stored = await readStoredRun(path);
    expect(stored).toMatchObject({ state: 'finished', metric: 'accuracy' });
    const { samples } = JSON.parse(readFileSync(join(path, 'samples.json'), 'utf8')) as {
      samples: unknown[];
    };
    expect(samples).toHaveLength(16);
    const { matrix } = JSON.parse(readFileSync(join(path, 'confusion.json'), 'utf8')) as {
      matrix: number[][];
    };
    expect(matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(18);

    expect(output.notes.filter((note) => note.includes('MLflow'))).toEqual([]);
    const told = server.runs.get('run1')!;
    expect(told).toMatchObject({
      status: 'FINISHED',
      tags: { 'dataset.digest': stored.datasetDigest },
      params: { 'optimiser.type': 'adam' },
    });
    expect(told.metrics.filter(({ key }) => key === 'loss').map(({ value }) => value)).toEqual(
      local.map(({ loss }) => loss),
    );
    // Where it was tracked is kept for a resumption, and is no part of what is published.
    expect(stored.config.trackers).toHaveLength(1);
    const manifest = readFileSync(join(packed!, 'manifest.json'), 'utf8');
    expect(manifest).not.toContain(server.url);
    expect(told.files['package/MODEL_CARD.md']).toEqual(readFileSync(join(packed!, 'MODEL_CARD.md')));
    expect(Object.keys(told.files)).toEqual(
      expect.arrayContaining(['package/manifest.json', 'package/model.onnx']),
    );
  });

  it('trains the same, and says so once, where no tracker answers', async () => {
    const alone = await run('alone', []);
    const lost = await run('lost', [{ type: 'mlflow', url: 'http://127.0.0.1:1', experiment: 'rows' }]);
    expect(lost.output.notes.filter((note) => note.includes('cannot be told of this run'))).toHaveLength(1);
    expect(lost.output.notes.at(-1)).toContain('did not get');
    const losses = (path: string) => lines(path).map(({ loss, validation }) => ({ loss, validation }));
    expect(losses(lost.run)).toEqual(losses(alone.run));
    for (const file of ['model.onnx', 'golden.json'])
      expect(readFileSync(join(lost.package!, file))).toEqual(readFileSync(join(alone.package!, file)));
    expect(existsSync(join(lost.run, 'tracker-ids.json'))).toBe(false);
  }, 90_000);
});
