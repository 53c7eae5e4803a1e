import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRegistry, type ModelPackage } from '@assay/model-registry';
import { openClassifier } from '@assay/prediction';
import { encodeImage } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { isTrained, testAnswers, type ReferenceProfile, type RefitProvenance } from '@assay/schema';
import { classifyInputs } from '../compare/classify-inputs.ts';
import { heldBackInputs } from '../compare/held-back-inputs.ts';
import { evaluateScores } from '../metrics/evaluate-scores.ts';
import { recordingOutput } from '../output.ts';
import { compare } from './compare.ts';
import { train } from './train.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-refit-'));
const registryFolder = join(folder, 'registry');
const registry = openRegistry(registryFolder);
const state = join(folder, 'state');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const grades = {
  name: 'grades',
  data: {
    reader: 'table',
    path: join(folder, 'table'),
    tables: [{ file: 'rows.csv' }],
    labelColumn: 'grade',
  },
  split: { validation: 0.2, test: 0.2 },
  network: { layers: [{ type: 'linear', units: 8 }, { type: 'relu' }, { type: 'linear', units: '$labels' }] },
  optimiser: { type: 'adam' },
  schedule: { type: 'cosine', learningRate: 0.02 },
  epochs: 6,
  batchSize: 16,
  threads: 1,
  int8: null,
  scopeGate: null,
  registry: registryFolder,
};

const squares = {
  name: 'squares',
  data: { reader: 'folders', path: join(folder, 'squares') },
  split: { validation: 0.25, test: 0.25 },
  preprocessing: {
    kind: 'image',
    resize: { mode: 'none' },
    crop: { mode: 'none' },
    normalise: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
  },
  view: { width: 8, height: 8, augmentations: [{ type: 'flip' }] },
  network: {
    layers: [
      { type: 'conv', channels: 4 },
      { type: 'batch-norm' },
      { type: 'relu' },
      { type: 'global-average-pool' },
      { type: 'linear', units: '$labels' },
    ],
  },
  optimiser: { type: 'adamw' },
  schedule: { type: 'cosine', learningRate: 0.03 },
  epochs: 4,
  batchSize: 8,
  threads: 1,
  int8: { accuracyBudget: 1 },
  robustness: null,
  explanations: null,
  registry: registryFolder,
};

async function trainAs(
  config: { name: string },
  refit: string,
  version = refit.replace('+', '-'),
): Promise<ModelPackage> {
  const file = join(folder, `${config.name}.yaml`);
  writeFileSync(file, JSON.stringify(config));
  await train(
    { config: file, settings: [`refit=${refit}`, `version=${version}`], pack: true, state },
    { output: recordingOutput(), signal: new AbortController().signal },
  );
  return registry.resolve(config.name, version);
}

beforeAll(async () => {
  const random = seededRandom('refit');
  const lines = Array.from({ length: 200 }, () => {
    const [x, y] = [random.normal(), random.normal()];
    return `${x},${y},${x * y + 0.6 * random.normal() > 0 ? 'good' : 'bad'}`;
  });
  mkdirSync(join(folder, 'table'));
  writeFileSync(join(folder, 'table', 'rows.csv'), ['x,y,grade', ...lines].join('\n'));
  for (const [label, strong] of [
    ['blue', 2],
    ['red', 0],
  ] as const) {
    mkdirSync(join(folder, 'squares', label), { recursive: true });
    for (let index = 0; index < 16; index++) {
      const data = Uint8Array.from({ length: 8 * 8 * 3 }, (_, at) =>
        Math.max(0, Math.min(255, (at % 3 === strong ? 160 : 100) + 40 * random.normal())),
      );
      const png = await encodeImage({ width: 8, height: 8, channels: 3, data }, 'png');
      writeFileSync(join(folder, 'squares', label, `${index}.png`), png);
    }
  }
});

function refitOf({ manifest }: ModelPackage): RefitProvenance | undefined {
  return isTrained(manifest) ? manifest.provenance.refit : undefined;
}

const file = (model: ModelPackage, name: string) => readFileSync(model.path(name));
const profileOf = (model: ModelPackage) =>
  (JSON.parse(file(model, 'reference-profile.json').toString()) as ReferenceProfile).features;

/** Share of the test part that the weights that answer get right. */
async function liveAccuracy(model: ModelPackage): Promise<number> {
  const output = recordingOutput();
  const { inputs } = await heldBackInputs(model.manifest, model.manifest, { state, output });
  const { scores } = await classifyInputs(model, inputs, { source: 'test', output });
  return evaluateScores(scores, {}).metrics.accuracy!;
}

describe('weights that are trained anew', () => {
  it('on training and validation part are measured on the test part, by choices made before', async () => {
    const before = await trainAs(grades, 'none');
    const anew = await trainAs(grades, 'train+validation');
    expect(refitOf(before)).toBeUndefined();
    const rows = inputsIn(anew, ['train', 'validation']);
    expect(refitOf(anew)).toEqual({
      parts: ['train', 'validation'],
      inputs: rows,
      epochs: expect.any(Number),
    });
    expect(anew.manifest.calibration).toEqual(before.manifest.calibration);
    expect(anew.manifest.decision).toEqual(before.manifest.decision);
    expect(file(anew, 'model.onnx').equals(file(before, 'model.onnx'))).toBe(false);
    // Features are scaled by what is trained on, too.
    expect(anew.manifest.preprocessing).not.toEqual(before.manifest.preprocessing);
    expect(await liveAccuracy(anew)).toBeCloseTo(anew.manifest.metrics.accuracy!, 12);
    expect(await anew.card()).toContain('all figures in this card are of the weights that answer');
  });

  it('on all parts leave every figure to the weights before', async () => {
    const before = await trainAs(grades, 'none', 'before');
    const all = await trainAs(grades, 'all');
    expect(refitOf(all)).toMatchObject({
      parts: ['train', 'validation', 'test'],
      inputs: inputsIn(all, ['train', 'validation', 'test']),
      testAnswers: 'test-answers.json',
    });
    expect(all.manifest.metrics).toEqual(before.manifest.metrics);
    expect(all.manifest.evaluation).toEqual(before.manifest.evaluation);
    expect(all.manifest.explanation).toEqual(before.manifest.explanation);
    expect(profileOf(all)).toEqual(profileOf(before));
    expect(file(all, 'model.onnx').equals(file(before, 'model.onnx'))).toBe(false);
    const { answers } = testAnswers.parse(JSON.parse(file(all, 'test-answers.json').toString()));
    expect(answers).toHaveLength(inputsIn(all, ['test']));
    expect(await all.card()).toContain('**all figures in this card are theirs**');
    const classifier = await openClassifier(all);
    await classifier.checkGolden();
    await classifier.close();
  });

  it('on all parts are compared by what the weights before answered', async () => {
    const output = recordingOutput();
    const request = {
      constants: {},
      metric: 'accuracy',
      seed: 1,
      registries: [registryFolder],
      state,
      json: false,
    };
    const same = await compare({ ...request, first: 'grades@all', second: 'grades@before' }, output);
    expect(same.rows).toBe(inputsIn(await registry.resolve('grades', 'all'), ['test']));
    expect(same.mcnemar).toEqual({ onlyFirst: 0, onlySecond: 0, p: 1 });
    expect(same.metrics.logLoss!.difference.value).toBeCloseTo(0, 5);
    expect(output.notes.join('\n')).toContain(
      `grades@all was trained anew on ${same.rows} of these inputs: its answers to them are those of the weights before`,
    );
    const turned = await compare({ ...request, first: 'grades@before', second: 'grades@all' }, output);
    expect(turned.mcnemar).toEqual(same.mcnemar);
  });

  it('are the same in a second run, and in one that was stopped while training anew', async () => {
    const all = await registry.resolve('grades', 'all');
    const again = await trainAs(grades, 'all', 'again');
    expect(again.manifest.modelDigest).toBe(all.manifest.modelDigest);

    const stop = new AbortController();
    let bars = 0;
    const output = {
      ...recordingOutput(),
      progress: () => {
        const isSecond = ++bars === 2;
        return { update: (done: number) => isSecond && done === 13 && stop.abort(), stop: () => undefined };
      },
    };
    const settings = ['refit=all', 'version=resumed'];
    const config = join(folder, 'grades.yaml');
    const stopped = await train({ config, settings, pack: true, state }, { output, signal: stop.signal });
    expect(stopped.finished).toBe(false);
    expect(output.notes.at(-1)).toContain(`--resume ${stopped.run}`);
    await train(
      { resume: stopped.run, settings: [], pack: true, state },
      { output: recordingOutput(), signal: new AbortController().signal },
    );
    const resumed = await registry.resolve('grades', 'resumed');
    expect(resumed.manifest.modelDigest).toBe(all.manifest.modelDigest);
  });

  it('of images have their own scope gate, behind the same limit, and no embeddings to compare with once all is seen', async () => {
    const before = await trainAs(squares, 'none');
    const anew = await trainAs(squares, 'train+validation');
    const all = await trainAs(squares, 'all');
    for (const model of [anew, all]) {
      expect(model.manifest.scopeGate).toEqual(before.manifest.scopeGate);
      expect(file(model, 'scope-gate.json').equals(file(before, 'scope-gate.json'))).toBe(false);
      expect(model.manifest.variants.int8).toBeDefined();
      expect(model.manifest.served).toBe(before.manifest.served);
    }
    const embedded = (model: ModelPackage) =>
      Object.keys(profileOf(model)).filter((name) => name.startsWith('embedding.'));
    expect(embedded(anew)).toEqual(embedded(before));
    expect(embedded(anew).length).toBeGreaterThan(0);
    expect(embedded(all)).toEqual([]);
    expect(profileOf(all).scopeDistance).toEqual(profileOf(before).scopeDistance);
  });

  it('cannot be pruned ones: other inputs would have other channels taken away', async () => {
    await expect(
      trainAs({ ...grades, prune: { from: state, sparsity: 0.5 } } as typeof grades, 'all', 'pruned'),
    ).rejects.toThrow('refit (the command line): expected none');
  });
});

/** How many inputs its parts have together. */
function inputsIn({ manifest }: ModelPackage, parts: readonly string[]): number {
  if (!isTrained(manifest)) throw new Error('Expected the package of a training run.');
  const { counts } = manifest.provenance.dataset;
  return parts.flatMap((part) => Object.values(counts[part] ?? {})).reduce((sum, count) => sum + count, 0);
}
