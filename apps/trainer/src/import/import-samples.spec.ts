import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { openRegistry } from '@assay/model-registry';
import { openClassifier } from '@assay/prediction';
import { seededRandom } from '@assay/random';
import { referenceProfile, type NumericProfile } from '@assay/schema';
import { makePng } from '@assay/testing';
import { GraphBuilder } from '@assay/onnx-graph';
import { recordingOutput } from '../output.ts';
import { askGreen, folder, greenModel, pixels, registry, request, rows, run } from './import.fixture.ts';

// INT8 and the scope gate want hundreds of images, each read several times.
jest.setTimeout(120_000);

/** `count` images of each label; those of "dark" have green below 50, of "bright" above. */
function samples(name: string, count: number): string {
  const random = seededRandom(name);
  for (let n = 0; n < count; n++)
    for (const [label, from] of [
      ['dark', 0],
      ['bright', 50],
    ] as const) {
      const file = join(folder, name, label, `${n}.png`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(
        file,
        makePng(4, 4, [random.integer(256), from + random.integer(50), random.integer(256)]),
      );
    }
  return join(folder, name);
}

const profileOf = (model: { path(file: string): string }) =>
  referenceProfile.parse(JSON.parse(readFileSync(model.path('reference-profile.json'), 'utf8')));

/** Two numbers whose difference is that of the classes; `scale` 0 says nothing. */
function scaled(scale: number): Uint8Array {
  const graph = new GraphBuilder();
  graph.op('Mul', [graph.input('x', ['N', 2]), graph.float(scale)], {}, { output: 'y' });
  graph.output('y', ['N', 2]);
  return graph.build();
}

/** Rows of which the larger number is the label. */
function writeRows(name: string, count: number): string {
  const random = seededRandom('rows');
  const lines = Array.from({ length: count }, () => {
    const [x, y] = [random.normal(), random.normal()];
    return `${x},${y},${x > y ? 'dark' : 'bright'}`;
  });
  const file = join(folder, name);
  writeFileSync(file, ['x,y,label', ...lines].join('\n'));
  return file;
}

describe('labelled samples', () => {
  it('calibrate an imported model, gate it and measure it', async () => {
    // In float32: integers cannot tell what lies beyond the range that they were given.
    const more = {
      ...{ positive: 'bright', accuracyBudget: undefined, robustness: 12 },
      samples: samples('many', 180),
    };
    const what = request(greenModel(), pixels, more);
    const model = await run(what);
    const { manifest, card } = model;
    // Never in the wrong order, and far too unsure of it: logits of half a unit or less.
    expect(manifest.metrics.auroc).toBe(1);
    expect(manifest.variants.int8).toBeUndefined();
    expect(manifest.metrics.accuracy).toBeGreaterThan(0.97);
    expect(manifest.calibration.temperature).toBeLessThan(0.5);
    expect(manifest.scopeGate).toMatchObject({ coverage: 0.995 });
    expect(manifest.evaluation?.rows).toBe(126);
    expect(manifest.provenance).toMatchObject({
      samples: {
        name: 'many',
        counts: { train: { dark: 54 }, validation: { dark: 63 }, test: { bright: 63 } },
      },
    });
    // Corrupted and clean, on so many images as were asked for.
    expect(manifest.evaluation?.robustness).toMatchObject({ images: 12 });
    expect(manifest.evaluation!.robustness!.clean.auroc!.value).toBe(1);
    const { inputs, features } = profileOf(model);
    expect(inputs).toBe(126);
    expect(features['image.format']).toMatchObject({ counts: { png: 126 } });
    expect(features.prediction).toMatchObject({ kind: 'categorical', count: 126 });
    expect((features['score.bright'] as NumericProfile).mean).toBeCloseTo(0.5, 1);
    for (const name of ['image.brightness', 'confidence', 'scopeDistance', 'embedding.0'])
      expect(features[name]).toMatchObject({ kind: 'numeric', count: 126 });
    const text = await card();
    for (const part of [
      'Labelled samples `many`',
      '## Figures on the test part',
      '## When images were changed on their way',
      '## Accuracy, time and size',
      'figures/reliability.svg',
      '`out-of-scope`',
    ])
      expect(text).toContain(part);
    const { answer } = await askGreen(what.name, 40);
    expect(answer.scope).toMatchObject({ inside: true });
    expect((await askGreen(what.name, 255)).answer.decision).toBe('out-of-scope');
  });

  it('of a few fit no gate', async () => {
    const { manifest } = await run(request(greenModel(), pixels, { samples: samples('few', 20) }));
    expect(manifest.scopeGate).toBeUndefined();
    expect(manifest.metrics.accuracy).toBe(1);
  });

  it('quantise it, and INT8 answers if it loses no more than the budget', async () => {
    const { manifest, modelPath } = await run(
      request(greenModel(), pixels, { samples: samples('ints', 180) }),
    );
    expect(manifest.variants.int8).toMatchObject({ file: 'model.int8.onnx', accuracy: expect.any(Number) });
    expect(manifest.accuracyBudget).toBe(0.005);
    expect(readFileSync(modelPath('int8')).length).toBeGreaterThan(0);
    const { served } = manifest;
    const { fp32, int8 } = manifest.variants;
    expect(served).toBe('int8');
    expect(int8!.accuracy!).toBeGreaterThan(fp32.accuracy! - 0.03);
  });

  it('show what INT8 ruins, and then float32 answers', async () => {
    // Green is what two channels differ by that are mostly red: integers cannot hold both.
    const graph = new GraphBuilder({ opset: 13 });
    const kernel = graph.initializer('k', [2, 3, 1, 1], Float32Array.of(50, 0.01, 0, 50, -0.01, 0));
    const map = graph.op('Conv', [graph.input('x', ['N', 3, 4, 4]), kernel]);
    const flat = graph.op('Flatten', [graph.op('GlobalAveragePool', [map])]);
    const weights = graph.initializer('w', [2, 2], Float32Array.of(-1, 1, 1, -1));
    graph.op(
      'Gemm',
      [flat, weights, graph.initializer('b', [2], Float32Array.of(1, -1))],
      {},
      { output: 'y' },
    );
    graph.output('y', ['N', 2]);
    const what = request(graph.build(), pixels, { samples: samples('fine', 180), positive: 'bright' });
    const { manifest } = await run(what);
    expect(manifest.served).toBe('fp32');
    expect(manifest.variants.fp32.auroc).toBeGreaterThan(0.99);
    expect(manifest.variants.int8!.auroc).toBeLessThan(0.8);
    // The package keeps what INT8 must give as well.
    const classifier = await openClassifier(await openRegistry(registry).resolve(what.name), {
      variant: 'int8',
    });
    await classifier.checkGolden();
    await classifier.close();
  });

  it('of a table make a package without INT8 where nothing can be quantised', async () => {
    const output = recordingOutput();
    const what = request(scaled(3), rows, { samples: writeRows('rows.csv', 400), labelColumn: 'label' });
    const model = await run(what, output);
    expect(model.manifest.metrics.accuracy).toBe(1);
    expect(model.manifest.served).toBe('fp32');
    expect(output.notes.join('\n')).toMatch(/No INT8: .*no Conv, Gemm or MatMul/);
    expect(model.manifest.evaluation?.robustness).toBeUndefined();
    expect(Object.keys(profileOf(model).features).slice(0, 2)).toEqual(['feature.x', 'feature.y']);
  });

  it('keep a better champion in its place', async () => {
    const file = writeRows('contest.csv', 300);
    const more = { samples: file, labelColumn: 'label' };
    const good = await run(request(scaled(3), rows, more));
    const contest = (model: Uint8Array, version: string, extra = {}) => {
      const output = recordingOutput();
      const what = { ...request(model, rows, { ...more, ...extra }), name: good.name, version };
      return run(what, output).then(() => output);
    };
    const aliases = (alias: 'champion' | 'challenger') => openRegistry(registry).alias(good.name, alias);
    const worse = await contest(scaled(-3), '2');
    expect(worse.lines.join('\n')).toContain(`${good.name}@2 is worse than ${good.name}@1`);
    expect([await aliases('champion'), await aliases('challenger')]).toEqual(['1', '2']);
    await contest(scaled(2), '3');
    expect(await aliases('champion')).toBe('3');
  });

  it('are refused with every fault, and nothing is written', async () => {
    const path = samples('faulty', 6);
    writeFileSync(join(path, 'dark', '1.png'), 'no image');
    const what = request(greenModel(), pixels, { samples: path });
    await expect(run(what)).rejects.toThrow(/1 fault\(s\)[^]*dark\/1\.png/);
    const other = samples('strangers', 6);
    mkdirSync(join(other, 'dim'));
    writeFileSync(join(other, 'dim', '1.png'), makePng(4, 4, [0, 0, 0]));
    await expect(run(request(greenModel(), pixels, { samples: other }))).rejects.toThrow(
      'class "dim" is not one of the labels: dark, bright',
    );
  });
});

describe('samples without labels', () => {
  it('give a reference profile and no figures', async () => {
    const path = join(folder, 'plain');
    mkdirSync(path);
    for (let n = 0; n < 9; n++) writeFileSync(join(path, `${n}.png`), makePng(4, 4, [0, 25 * n, 0]));
    const output = recordingOutput();
    const model = await run(request(greenModel(), pixels, { samples: path }), output);
    expect(output.notes.join('\n')).toContain('no labels (a folder of images for each)');
    const { metrics, evaluation, provenance, calibration, referenceProfile: file } = model.manifest;
    expect({ metrics, evaluation, calibration, file }).toEqual({
      metrics: {},
      calibration: { temperature: 1, bias: [0, 0] },
      file: 'reference-profile.json',
    });
    expect(provenance).toMatchObject({ samples: { name: 'plain', counts: {} } });
    expect(await model.card()).toContain('The reference profile is of samples without labels, `plain`');
    const { inputs, features } = profileOf(model);
    expect(inputs).toBe(9);
    // Green of 0, 25, … 200: bright is the label from 100 on, where both are equally probable, and that goes to the first.
    expect(features.prediction).toMatchObject({ counts: { dark: 3, bright: 6 } });
    expect((features['image.greenShare'] as NumericProfile).maximum).toBe(1);
  });

  it('of a table need the columns of the features only', async () => {
    const file = writeRows('unlabelled.csv', 20);
    const output = recordingOutput();
    const model = await run(request(scaled(1), rows, { samples: file }), output);
    expect(output.notes.join('\n')).toContain('no labels (--label-column)');
    expect(profileOf(model).features['feature.x']).toMatchObject({ count: 20 });
    writeFileSync(file, 'x,label\n1,dark\n');
    await expect(run(request(scaled(1), rows, { samples: file }))).rejects.toThrow(/unlabelled\.csv[^]*"y"/);
  });

  it('are refused with every fault', async () => {
    const path = join(folder, 'broken');
    mkdirSync(path);
    writeFileSync(join(path, 'a.png'), makePng(4, 4, [0, 0, 0]));
    writeFileSync(join(path, 'b.png'), 'no image');
    writeFileSync(join(path, 'c.png'), '');
    await expect(run(request(greenModel(), pixels, { samples: path }))).rejects.toThrow(
      /c\.png: the file is empty/,
    );
    writeFileSync(join(path, 'c.png'), 'neither');
    await expect(run(request(greenModel(), pixels, { samples: path }))).rejects.toThrow(
      /2 fault\(s\)[^]*b\.png[^]*c\.png/,
    );
  });
});
