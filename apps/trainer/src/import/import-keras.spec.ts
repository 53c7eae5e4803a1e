import { describe, expect, it } from '@jest/globals';
import { openRegistry } from '@assay/model-registry';
import { attribute, GraphBuilder } from '@assay/onnx-graph';
import { openClassifier } from '@assay/prediction';
import { seededRandom } from '@assay/random';
import { makePng } from '@assay/testing';
import { goldenFolder, registry, request, run } from './import.fixture.ts';

/** Bytes as they are, 6 × 6: the model scales them itself. */
const plain = `
resize: { mode: stretch, width: 6, height: 6, filter: box }
crop: { mode: none }
normalise: { mean: [0, 0, 0], std: [0.00392156862745098, 0.00392156862745098, 0.00392156862745098] }
`;

const labels = ['cat', 'dog', 'owl'];
const filters = 4;

/** The weights of both the graph and the computation by hand. */
function weights() {
  const random = seededRandom('keras');
  const normal = (length: number) => Float32Array.from({ length }, () => random.normal());
  return { kernel: normal(filters * 3), shift: normal(filters), dense: normal(filters * 3), bias: normal(3) };
}

/**
 * Keras' `Rescaling(1 / 127.5, -1), Conv2D(4, 1), ReLU(6), GlobalAveragePooling2D(), Dense(3, "softmax")` as tf2onnx writes it: channels
 * last outside, a transpose to and from every convolution, the mean over the middle axes, MatMul and Add.
 */
function kerasModel(): Uint8Array {
  const { kernel, shift, dense, bias } = weights();
  const graph = new GraphBuilder({ producer: 'tf2onnx', opset: 13 });
  const scaled = graph.op('Add', [
    graph.op('Mul', [graph.input('input_1', ['unk__12', 6, 6, 3]), graph.float(1 / 127.5)]),
    graph.float(-1),
  ]);
  const first = graph.op('Transpose', [scaled], { perm: attribute.ints([0, 3, 1, 2]) });
  const convolved = graph.op(
    'Conv',
    [
      first,
      graph.initializer('conv2d/kernel', [filters, 3, 1, 1], kernel),
      graph.initializer('conv2d/bias', [filters], shift),
    ],
    { auto_pad: attribute.string('SAME_UPPER'), strides: attribute.ints([1, 1]) },
  );
  const clipped = graph.op('Clip', [convolved, graph.float(0), graph.float(6)]);
  const last = graph.op('Transpose', [clipped], { perm: attribute.ints([0, 2, 3, 1]) });
  const mean = graph.op('ReduceMean', [last], { axes: attribute.ints([1, 2]), keepdims: attribute.int(0) });
  const product = graph.op('MatMul', [mean, graph.initializer('dense/kernel', [filters, 3], dense)]);
  const logits = graph.op('Add', [product, graph.initializer('dense/bias', [3], bias)]);
  graph.op('Softmax', [logits], { axis: attribute.int(-1) }, { output: 'predictions' });
  graph.output('predictions', ['unk__13', 3]);
  return graph.build();
}

/** What Keras would say of a picture of one colour. */
function probabilities(colour: readonly number[]): number[] {
  const { kernel, shift, dense, bias } = weights();
  const pixel = colour.map((level) => level / 127.5 - 1);
  const pooled = Array.from(shift, (start, filter) => {
    const sum = pixel.reduce((total, level, channel) => total + level * kernel[filter * 3 + channel]!, start);
    return Math.max(0, Math.min(6, sum));
  });
  const scores = Array.from(bias, (start, label) =>
    Math.exp(pooled.reduce((total, value, filter) => total + value * dense[filter * 3 + label]!, start)),
  );
  const total = scores.reduce((sum, score) => sum + score, 0);
  return scores.map((score) => score / total);
}

describe('importing a Keras classifier', () => {
  const colour = [200, 40, 90] as const;
  const golden = () =>
    goldenFolder({
      'a.png': makePng(6, 6, colour),
      'a.expected.json': JSON.stringify([probabilities(colour)]),
    });

  it('with channels last takes photographs and gives what Keras gives', async () => {
    const what = request(kerasModel(), plain, { labels: labels.join(), golden: golden(), tolerance: 1e-5 });
    const { manifest } = await run(what);
    expect(manifest.input.shape).toEqual(['N', 3, 6, 6]);
    expect(manifest.provenance).toMatchObject({
      source: { producer: 'tf2onnx' },
      changes: expect.arrayContaining([
        'the input is turned from NCHW to NHWC',
        'the Softmax at the end was taken off',
      ]),
    });
    const classifier = await openClassifier(await openRegistry(registry).resolve(what.name));
    const { answer } = await classifier.classify({ bytes: makePng(9, 9, [30, 220, 140]) });
    await classifier.close();
    const expected = probabilities([30, 220, 140]);
    for (const [at, label] of labels.entries())
      expect(answer.probabilities[label]).toBeCloseTo(expected[at]!, 5);
  });

  it('is refused where --layout says what its sizes do not', async () => {
    const what = request(kerasModel(), plain, { labels: labels.join(), layout: 'nchw' });
    await expect(run(what)).rejects.toMatchObject({
      code: 'invalid-model',
      message: expect.stringMatching(/"input_1" is float32\[\?,6,6,3\]: as nchw it takes 6 channel\(s\)/),
    });
  });

  it('is refused where the picture is scaled twice', async () => {
    const twice = plain.replace(/std: .*/, 'std: [1, 1, 1] }');
    await expect(
      run(request(kerasModel(), twice, { labels: labels.join(), golden: golden() })),
    ).rejects.toThrow(/a\.png: off by .*\n.*--preprocess/s);
  });
});
