import { describe, expect, it } from '@jest/globals';
import { openRegistry } from '@assay/model-registry';
import { attribute, GraphBuilder } from '@assay/onnx-graph';
import { makePng } from '@assay/testing';
import {
  askGreen,
  dense,
  goldenFolder,
  greenModel,
  pixels,
  registry,
  request,
  run,
  softmax,
  type ImageModel,
} from './import.fixture.ts';
import type { ImportRequest } from './import-model.ts';

const twice = (graph: GraphBuilder, value: string) =>
  graph.op('Gemm', [
    value,
    graph.initializer('w', [1, 1], Float32Array.of(2)),
    graph.initializer('b', [1], Float32Array.of(-1)),
  ]);

describe('importing an image classifier', () => {
  it('keeps its logits, finds its feature map and says what is known', async () => {
    const what = request(greenModel(), pixels, { positive: 'bright' });
    const golden = goldenFolder({
      'a.png': makePng(4, 4, [5, 200, 5]),
      'a.expected.json': '[-1, 2]',
      'b.png': makePng(4, 4, [0, 50, 0]),
      'expected.json': '{ "b.png": [[0.5, 0.5]] }',
    });
    const { manifest, card, golden: kept } = await run({ ...what, golden });
    expect(manifest.output).toEqual({ logits: 'logits', features: 'features', activation: 'softmax' });
    expect(manifest.input).toEqual({ name: 'input', shape: ['N', 3, 4, 4] });
    expect(manifest.explanation.method).toBe('cam');
    expect(manifest.provenance).toMatchObject({
      kind: 'imported',
      source: { file: `${what.name}.onnx`, producer: 'elsewhere', opset: 13 },
      agreement: { whole: 2, tensors: 0, tolerance: 1e-4 },
    });
    expect(kept.cases.map(({ name, logits }) => [name, logits.fp32])).toEqual([
      ['a.png', [-1, 2]],
      ['b.png', [0.5, 0.5]],
    ]);
    const text = await card();
    for (const part of ['was trained elsewhere', 'written by elsewhere', '2 input(s) as they arrive'])
      expect(text).toContain(part);

    const { logits, answer } = await askGreen(what.name, 150);
    expect(logits[0]).toBeCloseTo(-0.5, 5);
    expect(logits[1]).toBeCloseTo(1.5, 5);
    expect(answer.prediction).toBe('bright');
    expect(answer.probability).toBeCloseTo(softmax([-0.5, 1.5])[1]!, 5);
  });

  it.each<[string, ImageModel, Partial<ImportRequest>]>([
    ['a fixed batch of one', { sizes: [1, 3, 4, 4] }, {}],
    ['channels that come last', { layout: 'nhwc' }, {}],
    ['bytes as its input', { type: 'uint8' }, {}],
    ['bytes with channels last in a fixed batch', { type: 'uint8', layout: 'nhwc', sizes: [1, 4, 4, 3] }, {}],
    ['float64 as its input', { type: 'float64' }, {}],
    ['sizes that may all vary', { sizes: ['N', 3, 'H', 'W'] }, {}],
    [
      'a batch written into a reshape',
      { sizes: [1, 3, 4, 4], end: (g, v) => dense(g, g.op('Reshape', [v, g.ints([1, 1])])) },
      {},
    ],
    [
      'sizes of one behind the labels',
      { outputSizes: ['N', 2, 1, 1], end: (g, v) => g.op('Unsqueeze', [dense(g, v), g.ints([2, 3])]) },
      {},
    ],
    ['a softmax at the end', { end: (g, v) => g.op('Softmax', [dense(g, v)]) }, {}],
    [
      'a softmax over scores with sizes of one',
      {
        outputSizes: ['N', 2, 1, 1],
        end: (g, v) =>
          g.op('Softmax', [g.op('Unsqueeze', [dense(g, v), g.ints([2, 3])])], { axis: attribute.int(1) }),
      },
      {},
    ],
    ['a log-softmax at the end', { end: (g, v) => g.op('LogSoftmax', [dense(g, v)]) }, {}],
    [
      'probabilities made in another way',
      { end: (g, v) => g.op('Exp', [g.op('LogSoftmax', [dense(g, v)])]) },
      {},
    ],
    ['a single logit', { outputSizes: ['N', 1], end: (g, v) => twice(g, v) }, {}],
    ['a single probability', { outputSizes: ['N', 1], end: (g, v) => g.op('Sigmoid', [twice(g, v)]) }, {}],
    [
      'a single probability without batch axis',
      { outputSizes: ['N'], end: (g, v) => g.op('Squeeze', [g.op('Sigmoid', [twice(g, v)]), g.ints([1])]) },
      {},
    ],
    [
      'a single probability made in another way',
      {
        outputSizes: ['N', 1],
        end: (g, v) =>
          g.op('Reciprocal', [g.op('Add', [g.op('Exp', [g.op('Neg', [twice(g, v)])]), g.float(1)])]),
      },
      { activation: 'sigmoid' },
    ],
  ])('gives the same probabilities for a model with %s', async (_what, model, more) => {
    const what = request(greenModel(model), pixels, more);
    await run(what);
    for (const green of [20, 150]) {
      const { answer } = await askGreen(what.name, green);
      const [dark, bright] = softmax([1 - green / 100, green / 100]);
      expect(answer.probabilities.dark).toBeCloseTo(dark!, 4);
      expect(answer.probabilities.bright).toBeCloseTo(bright!, 4);
    }
  });

  it('exchanges red and blue where the model takes them so', async () => {
    const graph = new GraphBuilder();
    const pooled = graph.op('ReduceMean', [graph.input('x', ['N', 3, 4, 4]), graph.ints([2, 3])], {
      keepdims: attribute.int(0),
    });
    graph.op('Div', [pooled, graph.float(100)], {}, { output: 'scores' });
    graph.output('scores', ['N', 3]);
    const what = request(graph.build(), pixels, { labels: 'first,second,third', channelOrder: 'bgr' });
    await run(what);
    const { logits } = await askGreen(what.name, 20);
    expect([...logits].map((logit) => Math.round(100 * logit))).toEqual([30, 20, 10]);
  });

  it('compares tensors as the original is fed, and then says that preprocessing was not compared', async () => {
    const nhwc = Array.from({ length: 16 }, () => [7, 80, 9]);
    const tensor = [Array.from({ length: 4 }, (_, row) => nhwc.slice(4 * row, 4 * row + 4))];
    const golden = goldenFolder({ 't.json': JSON.stringify(tensor), 't.expected.json': '[0.2, 0.8]' });
    const {
      manifest,
      card,
      golden: kept,
    } = await run(request(greenModel({ layout: 'nhwc' }), pixels, { golden }));
    expect(manifest.provenance).toMatchObject({ agreement: { whole: 0, tensors: 1 } });
    expect(await card()).toContain('say nothing about the preparation');
    expect(kept.cases.map(({ name }) => name)).toEqual(['made-up-1', 'made-up-2']);
  });

  it('lists golden inputs that do not agree, tells where to look, and writes nothing', async () => {
    const golden = goldenFolder({
      'good.png': makePng(4, 4, [0, 100, 0]),
      'good.expected.json': '[0, 1]',
      'bad.png': makePng(4, 4, [0, 200, 0]),
      'bad.expected.json': '[-1, 3]',
      't.json': JSON.stringify(Array(3).fill(Array(4).fill(Array(4).fill(100)))),
      't.expected.json': '[0, 1]',
    });
    const what = request(greenModel(), pixels, { golden });
    await expect(run(what)).rejects.toMatchObject({
      code: 'invalid-model',
      message: expect.stringMatching(
        /bad\.png: off by 3\.3e-1\nPrepared tensors agree.*--preprocess is not/s,
      ),
    });
    await expect(run(what)).rejects.not.toThrow('good.png');
    expect(await openRegistry(registry).names()).not.toContain(what.name);
  });
});
