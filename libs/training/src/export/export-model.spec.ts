import { parseModel } from '@assay/onnx-graph';
import { openSession } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import { describe, expect, it } from '@jest/globals';
import { initialWeights, type NetworkWeights } from '../network/initialise.ts';
import { type LayerSpecInput, networkSpec } from '../network/network-spec.ts';
import { tensorLayout } from '../network/tensor-layout.ts';
import { checkExport } from './check-export.ts';
import { exportModel } from './export-model.ts';

const image = (layers: LayerSpecInput[], side = 8) =>
  networkSpec.parse({ input: { kind: 'image', height: side, width: side, channels: 3 }, layers });

/** Weights with every tensor away from its start, running statistics too. */
function disturbedWeights(network: ReturnType<typeof image>): NetworkWeights {
  const weights = initialWeights(tensorLayout(network), 1);
  const random = seededRandom('disturb');
  return {
    parameters: weights.parameters.map((value) => value + 0.2 * random.normal()),
    statistics: weights.statistics.map((value) => Math.abs(value + 0.2 * random.normal())),
  };
}

const head: LayerSpecInput[] = [
  { type: 'global-average-pool' },
  { type: 'dropout', rate: 0.5 },
  { type: 'linear', units: 4 },
];
const networks: Record<string, ReturnType<typeof image>> = {
  'conv, batch norm, relu, max pool': image([
    { type: 'conv', channels: 5 },
    { type: 'batch-norm' },
    { type: 'relu' },
    { type: 'max-pool' },
    ...head,
  ]),
  'strides, paddings and biases': image([
    { type: 'conv', channels: 4, kernel: 5, stride: 2, bias: true },
    { type: 'leaky-relu', slope: 0.1 },
    { type: 'conv', channels: 6, kernel: 2, stride: 1, padding: 0 },
    { type: 'silu' },
    { type: 'average-pool', size: 3, stride: 2, padding: 1 },
    ...head,
  ]),
  'depthwise separable with layer norm': image([
    { type: 'depthwise-conv', kernel: 3 },
    { type: 'batch-norm' },
    { type: 'conv', channels: 6, kernel: 1 },
    { type: 'layer-norm' },
    { type: 'gelu' },
    ...head,
  ]),
  'residual blocks, identity and projected, batch norm first': image([
    { type: 'conv', channels: 4 },
    {
      type: 'residual',
      layers: [
        { type: 'batch-norm' },
        { type: 'relu' },
        { type: 'conv', channels: 4 },
        { type: 'batch-norm' },
      ],
    },
    {
      type: 'residual',
      layers: [{ type: 'conv', channels: 6, stride: 2 }, { type: 'batch-norm' }],
      shortcut: [{ type: 'conv', channels: 6, kernel: 1, stride: 2 }],
    },
    { type: 'tanh' },
    { type: 'max-pool', size: 3, stride: 2, padding: 1 },
    ...head,
  ]),
  'an ensemble of two members with feature maps of one size': image([
    {
      type: 'ensemble',
      members: [
        [{ type: 'conv', channels: 4, stride: 2 }, { type: 'batch-norm' }, { type: 'relu' }, ...head],
        [
          { type: 'average-pool' },
          { type: 'conv', channels: 6 },
          { type: 'relu' },
          { type: 'flatten' },
          { type: 'linear', units: 4 },
        ],
      ],
    },
  ]),
  'flattened image': image([
    { type: 'conv', channels: 3 },
    { type: 'sigmoid' },
    { type: 'flatten' },
    { type: 'linear', units: 7, bias: false },
    { type: 'batch-norm' },
    { type: 'relu' },
    { type: 'linear', units: 4 },
  ]),
  'feature row': networkSpec.parse({
    input: { kind: 'features', size: 12 },
    layers: [
      { type: 'linear', units: 16 },
      { type: 'layer-norm' },
      { type: 'gelu' },
      { type: 'linear', units: 3 },
    ],
  }),
};

describe('exportModel', () => {
  for (const [name, network] of Object.entries(networks))
    it(`gives the logits of the training graph: ${name}`, async () => {
      const weights = disturbedWeights(network);
      expect(await checkExport(network, weights, { model: exportModel(network, weights) })).toBeLessThan(
        1e-5,
      );
    });

  it('leaves no batch norm behind and keeps operators of the standard set only', () => {
    const network = networks['residual blocks, identity and projected, batch norm first']!;
    const model = parseModel(exportModel(network, disturbedWeights(network)));
    const operators = new Set(model.graph.node.map((node) => node.opType));
    expect(operators.has('BatchNormalization')).toBe(false);
    expect(model.graph.node.every((node) => (node.domain ?? '') === '')).toBe(true);
  });

  it('takes any batch and image size, and hands out the last feature map', async () => {
    const network = networks['conv, batch norm, relu, max pool']!;
    const session = await openSession(exportModel(network, disturbedWeights(network)));
    const results = await session.run({
      input: { type: 'float32', shape: [2, 3, 12, 20], data: new Float32Array(2 * 3 * 12 * 20).fill(0.3) },
    });
    expect(results.logits?.shape).toEqual([2, 4]);
    expect(results.features?.shape).toEqual([2, 5, 6, 10]);
    await session.close();
  });

  it('lays the feature maps of an ensemble behind one another', async () => {
    const network = networks['an ensemble of two members with feature maps of one size']!;
    const session = await openSession(exportModel(network, disturbedWeights(network)));
    const results = await session.run({
      input: { type: 'float32', shape: [2, 3, 8, 8], data: new Float32Array(2 * 3 * 8 * 8).fill(0.3) },
    });
    expect(results.features!.shape).toEqual([2, 10, 4, 4]);
    await session.close();
  });

  it('is refused by the checker when its weights differ', async () => {
    const network = networks['flattened image']!;
    const weights = disturbedWeights(network);
    const other = { ...weights, parameters: weights.parameters.map((value) => value * 1.01) };
    await expect(checkExport(network, weights, { model: exportModel(network, other) })).rejects.toThrow(
      /logits differ/,
    );
  });
});
