import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRegistry, readPackage } from '@assay/model-registry';
import { openClassifier } from '@assay/prediction';
import { seededRandom } from '@assay/random';
import { parseState } from '@assay/training';
import { recordingOutput } from '../output.ts';
import { prune } from './prune.ts';
import { train } from './train.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-prune-'));
const registry = join(folder, 'registry');
const context = () => ({ output: recordingOutput(), signal: new AbortController().signal });
/** Where the trained run is, once it is trained. */
const trained = { run: '' };

/** Points inside and outside a circle. */
beforeAll(async () => {
  const random = seededRandom('circle');
  const rows = Array.from({ length: 240 }, () => {
    const [x, y] = [random.normal(), random.normal()];
    return `${x},${y},${x * x + y * y < 1.4 ? 'in' : 'out'}`;
  });
  writeFileSync(join(folder, 'circle.csv'), `x,y,label\n${rows.join('\n')}\n`);
  const config = {
    name: 'circle',
    version: '1.0.0',
    data: { reader: 'table', path: folder, tables: [{ file: 'circle.csv' }], labelColumn: 'label' },
    network: {
      layers: [
        { type: 'linear', units: 24 },
        { type: 'relu' },
        { type: 'linear', units: 24 },
        { type: 'relu' },
        { type: 'linear', units: '$labels' },
      ],
    },
    optimiser: { type: 'adam' },
    schedule: { type: 'constant', learningRate: 0.01 },
    ema: { decay: 0.9 },
    epochs: 20,
    batchSize: 16,
    threads: 1,
    scopeGate: null,
    int8: null,
    registry,
  };
  writeFileSync(join(folder, 'circle.yaml'), JSON.stringify(config));
  const request = {
    config: join(folder, 'circle.yaml'),
    settings: [],
    pack: true,
    state: join(folder, 'state'),
  };
  trained.run = (await train(request, context())).run;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pruned = (settings: string[]) =>
  prune({ run: trained.run, settings, pack: true, state: join(folder, 'state') }, context());

describe('assay prune', () => {
  it('packs a smaller network that still knows its task, as challenger', async () => {
    const result = await pruned(['sparsity=0.5', 'multiple=4', 'epochs=6']);
    const [large, small] = await Promise.all([
      openRegistry(registry).resolve('circle', 'champion'),
      openRegistry(registry).resolve('circle', 'challenger'),
    ]);
    expect([large.version, small.version]).toEqual(['1.0.0', '1.0.0-pruned']);
    expect(small.folder).toBe((await readPackage(result.package!)).folder);
    const bytes = ({ manifest }: typeof large) =>
      manifest.files.find(({ path }) => path === 'model.onnx')?.bytes ?? 0;
    // 24 · 24 weights become 12 · 12; the file has a fixed part besides.
    expect(bytes(small)).toBeLessThan(bytes(large) - 4 * (24 * 24 - 12 * 12));
    expect(small.manifest.metrics.accuracy).toBeGreaterThan(0.8);
    const classifier = await openClassifier(small);
    await classifier.checkGolden();
    await classifier.close();
  });

  it('takes as best only weights of which everything is gone that shall go', async () => {
    const settings = ['unit=weight', 'sparsity=0.75', 'epochs=4', 'ramp=0.7', 'version=weights'];
    const { run: path } = await pruned(settings);
    const progress = JSON.parse(readFileSync(join(path, 'progress.json'), 'utf8'));
    expect(progress.best.epoch).toBeGreaterThanOrEqual(3);
    const { vectors } = parseState(new Uint8Array(readFileSync(join(path, progress.best.stateFile))));
    // Of 2 · 24 + 24 · 24 + 24 · 2 weights a quarter is left, and all 50 biases.
    expect(vectors.mask!.reduce((sum, stays) => sum + stays, 0)).toBe(672 / 4 + 50);
    for (const name of ['parameters', 'average_parameters'])
      vectors[name]!.forEach((value, at) => expect(vectors.mask![at] === 0 && value !== 0).toBe(false));
  });

  it('refuses a run of another network', async () => {
    await expect(pruned(['network.layers.0.units=16', 'version=other'])).rejects.toMatchObject({
      code: 'invalid-configuration',
      message: expect.stringContaining('is not that of this configuration'),
    });
  });
});
