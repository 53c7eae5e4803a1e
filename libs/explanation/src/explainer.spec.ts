import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '@assay/model-registry';
import { GraphBuilder } from '@assay/onnx-graph';
import { openClassifier, type Classifier } from '@assay/prediction';
import { makePng, makeTinyPackage, TINY_GAIN, type TinyPackageOptions } from '@assay/testing';
import { explanation } from '@assay/schema';
import { sumOf } from './cell-map.ts';
import { createExplainer } from './explainer.ts';
import { explanationOf } from './explanation-of.ts';

describe('an explainer', () => {
  let folder: string;
  let opened: Classifier[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explainer-'));
  });
  afterEach(async () => {
    await Promise.all(opened.map((classifier) => classifier.close()));
    opened = [];
    await rm(folder, { recursive: true });
  });

  const open = async (options: TinyPackageOptions = {}) => {
    await makeTinyPackage(folder, options);
    const model = await readPackage(folder);
    const classifier = await openClassifier(model);
    opened.push(classifier);
    return { classifier, explainer: createExplainer(model, classifier) };
  };
  /** Dark on the left, bright on the right. */
  const halves = { bytes: makePng(24, 8, (x) => (x < 12 ? [0, 0, 0] : [255, 255, 255])) };

  it('sums the map of several crops and the remainder to the score, without another run', async () => {
    const { classifier, explainer } = await open({
      crop: { mode: 'several', width: 8, height: 8, count: 3 },
    });
    let runs = 0;
    const counting = {
      ...classifier,
      classify: async (...args: Parameters<Classifier['classify']>) => {
        runs++;
        return classifier.classify(...args);
      },
      score: () => Promise.reject(new Error('no further run')),
    };
    const { map, result } = await createExplainer(await readPackage(folder), counting).explain(halves, {
      label: 'bright',
    });
    expect(runs).toBe(1);
    expect(result.answer.views).toBe(3);
    expect(map!.map).toMatchObject({ columns: 24, rows: 8 });
    expect(map!.score).toBeCloseTo(result.logits[1]! - result.logits[0]!, 6);
    expect(sumOf(map!.map.values) + map!.remainder!).toBeCloseTo(map!.score, 6);
    expect(map!.remainder).toBeCloseTo(0, 4);
    // A white pixel adds 2 · gain to the difference in one of three views, as one of its 64 places.
    expect(map!.map.values[23]).toBeCloseTo((2 * TINY_GAIN) / 64 / 3, 5);
    expect(map!.map.values[0]).toBeCloseTo((-2 * TINY_GAIN) / 64 / 3, 5);
    expect(await explainer.methods()).toEqual(['cam', 'occlusion', 'rise']);
  });

  it.each(['occlusion', 'rise'] as const)('explains the calibrated probability by %s', async (method) => {
    const { explainer } = await open({ temperature: 2 });
    const bright = { bytes: makePng(16, 16, (x) => (x < 4 ? [0, 0, 0] : [255, 255, 255])) };
    const { map, result } = await explainer.explain(bright, { method });
    expect(map).toMatchObject({ method, label: 'bright', against: 'dark' });
    expect(map!.score).toBeCloseTo(result.answer.probability, 6);
    expect(map).not.toHaveProperty('remainder');
    const { columns, rows, values } = map!.map;
    const column = (x: number) => sumOf(Array.from({ length: rows }, (_, y) => values[y * columns + x]!));
    expect(column(columns - 2)).toBeGreaterThan(column(0));
  });

  it('answers with the numbers, their meaning and a picture', async () => {
    const { explainer } = await open();
    const answer = explanation.parse(await explanationOf(await explainer.explain(halves, { label: 'dark' })));
    if (answer.method === 'contributions') throw new Error('expected a map');
    const { grid, overlay, score, remainder, ...rest } = answer;
    expect(rest).toEqual({
      method: 'cam',
      label: 'dark',
      against: 'bright',
      meaning: 'What this part of the image adds to the score.',
      unit: 'logit',
    });
    expect([grid.length, grid[0]!.length]).toEqual([8, 8]);
    expect(sumOf(grid.flat()) + remainder!).toBeCloseTo(score, 9);
    const png = Buffer.from(overlay.replace('data:image/png;base64,', ''), 'base64');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([24, 8]);
  });

  it('explains the variant that answers', async () => {
    const { classifier, explainer } = await open({ int8: true });
    expect(classifier.variant).toBe('int8');
    const { map, result } = await explainer.explain(halves, { label: 'dark' });
    // The stand-in for INT8 has a gain that is one percent lower; with the weights of fp32 the sum would be off.
    expect(sumOf(map!.map.values)).toBeCloseTo(result.logits[0]! - result.logits[1]!, 5);
  });

  it('offers maps without the head where the head is not linear, and names what there is', async () => {
    const { classifier } = await open();
    const model = await readPackage(folder);
    const manifest = { ...classifier.manifest, explanation: { method: 'occlusion' as const } };
    const bent = join(folder, 'bent.onnx');
    await writeFile(bent, nonlinear());
    const explainer = createExplainer({ ...model, modelPath: () => bent }, { ...classifier, manifest });
    expect(await explainer.methods()).toEqual(['occlusion', 'rise']);
    expect(await explainer.check({})).toBe('occlusion');
    await expect(explainer.explain(halves, { method: 'cam' })).rejects.toMatchObject({
      code: 'invalid-query',
      message: expect.stringContaining('offers occlusion, rise'),
    });
    const promised = createExplainer({ ...model, modelPath: () => bent }, classifier);
    await expect(promised.methods()).rejects.toMatchObject({ code: 'invalid-package' });
  });

  it('refuses a label that there is not', async () => {
    const { explainer } = await open();
    await expect(explainer.check({ label: 'grey' })).rejects.toMatchObject({
      code: 'invalid-query',
      message: '"grey" is not one of the labels: dark, bright.',
    });
  });

  it('gives named numbers their contributions, which sum to the probability', async () => {
    const { explainer } = await open({ kind: 'tabular' });
    const explained = await explainer.explain({ features: { height: 13, width: -1 } });
    const { baseline, score, contributions, exact } = explained.contributions!;
    expect(exact).toBe(true);
    expect(baseline).toBeCloseTo(0.5, 9);
    expect(score).toBeCloseTo(1 / (1 + Math.exp(-2 * TINY_GAIN * 0.5)), 5);
    expect(baseline + sumOf(contributions.map((one) => one.contribution))).toBeCloseTo(score, 9);
    expect(contributions.map(({ feature, value }) => [feature, Math.round(value)])).toEqual([
      ['height', 13],
      ['width', -1],
    ]);
    expect(await explanationOf(explained)).toEqual(explained.contributions);
  });

  it('stops when nobody waits any more', async () => {
    const { explainer } = await open();
    const controller = new AbortController();
    const question = explainer.explain(halves, { method: 'rise', signal: controller.signal });
    controller.abort(new Error('gone'));
    await expect(question).rejects.toThrow('gone');
  });
});

/** The tiny model's graph with a bend between map and logits. */
function nonlinear(): Uint8Array {
  const graph = new GraphBuilder();
  const input = graph.input('input', ['N', 2, 4, 4]);
  const map = graph.op('Tanh', [input], {}, { output: 'features' });
  const pooled = graph.op('Flatten', [graph.op('GlobalAveragePool', [map])]);
  const weights = graph.initializer('w', [2, 2], Float32Array.of(1, 2, 3, 4));
  graph.op('Tanh', [graph.op('MatMul', [pooled, weights])], {}, { output: 'logits' });
  graph.output('logits', ['N', 2]);
  graph.output('features', ['N', 2, 4, 4]);
  return graph.build();
}
