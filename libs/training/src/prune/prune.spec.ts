import { describe, expect, it } from '@jest/globals';
import { openSession } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import { exportModel, modelInput, modelLogits } from '../export/export-model.ts';
import { initialWeights, type NetworkWeights } from '../network/initialise.ts';
import { type LayerSpecInput, networkSpec, type NetworkSpec } from '../network/network-spec.ts';
import { tensorLayout } from '../network/tensor-layout.ts';
import { optimiserSpec } from '../optimisers/optimiser.ts';
import { initialState } from '../trainer/initial-state.ts';
import { openStepRunner } from '../trainer/run-step.ts';
import { channelGroups } from './channel-groups.ts';
import { magnitudeMask } from './magnitude-mask.ts';
import { maskedState } from './masked-state.ts';
import { pruneSpec, sparsityBefore } from './prune-spec.ts';
import { shrinkNetwork } from './shrink-network.ts';

const image = (layers: LayerSpecInput[], size = 8): NetworkSpec =>
  networkSpec.parse({ input: { kind: 'image', height: size, width: size, channels: 3 }, layers });

const convolution = (channels: number): LayerSpecInput[] => [
  { type: 'conv', channels },
  { type: 'batch-norm' },
  { type: 'relu' },
];

/** Weights as after some training: no gain, shift or running statistic is at its start. */
function trainedWeights(network: NetworkSpec): NetworkWeights {
  const layout = tensorLayout(network);
  const weights = initialWeights(layout, 1);
  const random = seededRandom('trained');
  for (const { role, offset, size } of [...layout.parameters, ...layout.statistics]) {
    const vector = role.startsWith('running') ? weights.statistics : weights.parameters;
    if (role !== 'weight')
      for (let at = offset; at < offset + size; at++)
        vector[at] =
          role === 'running-variance' || role === 'gain' ? 0.5 + random.uniform() : random.normal();
  }
  return weights;
}

async function logitsOf(network: NetworkSpec, weights: NetworkWeights): Promise<number[]> {
  const session = await openSession(exportModel(network, weights));
  const { input } = network;
  const shape = input.kind === 'image' ? [2, input.channels, input.height, input.width] : [2, input.size];
  const random = seededRandom('inputs');
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal());
  const { [modelLogits]: logits } = await session.run({ [modelInput]: { type: 'float32', shape, data } });
  await session.close();
  return Array.from(logits!.data as Float32Array);
}

const networks: Record<string, NetworkSpec> = {
  'a stack of convolutions with pooling': image([
    ...convolution(6),
    { type: 'max-pool' },
    ...convolution(10),
    { type: 'global-average-pool' },
    { type: 'linear', units: 4 },
  ]),
  'a flattened map and a hidden layer': image([
    { type: 'conv', channels: 5, bias: true },
    { type: 'silu' },
    { type: 'average-pool' },
    { type: 'flatten' },
    { type: 'linear', units: 9 },
    { type: 'tanh' },
    { type: 'dropout', rate: 0.5 },
    { type: 'linear', units: 3 },
  ]),
  'a residual block with a depthwise convolution': image([
    ...convolution(6),
    {
      type: 'residual',
      layers: [
        { type: 'conv', channels: 12, kernel: 1 },
        { type: 'batch-norm' },
        { type: 'relu' },
        { type: 'depthwise-conv', bias: true },
        { type: 'batch-norm' },
        { type: 'gelu' },
        { type: 'conv', channels: 6, kernel: 1 },
        { type: 'batch-norm' },
      ],
    },
    { type: 'relu' },
    { type: 'global-average-pool' },
    { type: 'linear', units: 3 },
  ]),
  'an ensemble': image([
    {
      type: 'ensemble',
      members: [4, 7].map((channels) => [
        ...convolution(channels),
        { type: 'max-pool' },
        { type: 'flatten' },
        { type: 'linear', units: 2 },
      ]),
    },
  ]),
};

describe('taking channels out', () => {
  for (const [name, network] of Object.entries(networks))
    it.each(['layer', 'global'] as const)(
      `of ${name} leaves the answers of the masked network as they were (%s by size)`,
      async (scope) => {
        const weights = trainedWeights(network);
        const mask = magnitudeMask(network, weights.parameters, {
          sparsity: 0.5,
          unit: 'channel',
          scope,
          multiple: 1,
        });
        const masked = { ...weights, parameters: weights.parameters.map((value, at) => value * mask[at]!) };
        const small = shrinkNetwork(network, weights, mask);
        expect(small.weights.parameters.length).toBeLessThan(0.75 * weights.parameters.length);
        expect(small.weights.parameters).toHaveLength(tensorLayout(small.network).parameterCount);
        const [before, after] = [
          await logitsOf(network, masked),
          await logitsOf(small.network, small.weights),
        ];
        after.forEach((logit, at) => expect(logit).toBeCloseTo(before[at]!, 4));
        expect(Math.max(...before.map(Math.abs))).toBeGreaterThan(0.1);
      },
    );

  it('spares the logits, what a sum reads and what a sigmoid or layer norm follows', () => {
    const residual: LayerSpecInput = {
      type: 'residual',
      layers: [...convolution(8), { type: 'conv', channels: 8 }],
    };
    const head: LayerSpecInput[] = [{ type: 'global-average-pool' }, { type: 'linear', units: 2 }];
    const groups = channelGroups(image([{ type: 'conv', channels: 8 }, residual, ...head]));
    expect(groups).toEqual([
      {
        producer: '1.main.0.conv',
        channels: 8,
        carriers: ['1.main.1.batch-norm'],
        consumer: '1.main.3.conv',
      },
    ]);
    for (const type of ['sigmoid', 'layer-norm'] as const)
      expect(channelGroups(image([{ type: 'conv', channels: 8 }, { type }, ...head]))).toEqual([]);
  });
});

describe('magnitudeMask', () => {
  const network = networkSpec.parse({
    input: { kind: 'features', size: 1 },
    layers: [
      { type: 'linear', units: 4, bias: false },
      { type: 'linear', units: 4, bias: false },
      { type: 'linear', units: 1, bias: false },
    ],
  });
  // Hidden layers of four channels; column sums of the second: 4, 8, 12, 16.
  const parameters = Float32Array.of(
    ...[-8, 1, 2, 4],
    ...Array.from({ length: 4 }, () => [1, 2, 3, -4]).flat(),
    ...[1, 1, 1, 1],
  );
  const spec = { sparsity: 0.5, unit: 'channel', scope: 'layer', multiple: 1 } as const;
  const parts = (mask: Float32Array) =>
    [0, 4, 8, 12, 16, 20].map((at) => Array.from(mask.subarray(at, at + 4)));

  it('takes the channels of the smallest filters out of each layer', () => {
    const column = [0, 0, 1, 1];
    expect(parts(magnitudeMask(network, parameters, spec))).toEqual([
      [1, 0, 0, 1],
      ...[column, column, column, column],
      [1, 1, 1, 1],
    ]);
  });

  it('compares layers by the size within them when asked for a share of all', () => {
    // Relative sizes 32/15, 4/15, 8/15, 16/15 and 0.4, 0.8, 1.2, 1.6: the smallest four of eight.
    const column = [0, 0, 1, 1];
    const mask = magnitudeMask(network, parameters, { ...spec, scope: 'global' });
    expect(parts(mask).slice(0, 2)).toEqual([[1, 0, 0, 1], column]);
    const three = magnitudeMask(network, parameters, { ...spec, scope: 'global', sparsity: 3 / 8 });
    expect(parts(three).slice(0, 2)).toEqual([
      [1, 0, 0, 1],
      [0, 1, 1, 1],
    ]);
  });

  it('leaves channels in multiples, and at least one', () => {
    const three = magnitudeMask(network, parameters, { ...spec, multiple: 3 });
    expect(parts(three)[0]).toEqual([1, 0, 1, 1]);
    const most = magnitudeMask(network, parameters, { ...spec, sparsity: 0.99 });
    expect(parts(most)[0]).toEqual([1, 0, 0, 0]);
  });

  it('takes single weights when asked to', () => {
    const mask = magnitudeMask(network, parameters, { ...spec, unit: 'weight', sparsity: 0.25 });
    expect(parts(mask)).toEqual([
      [1, 0, 1, 1],
      [0, 1, 1, 1],
      [0, 1, 1, 1],
      [0, 1, 1, 1],
      [0, 1, 1, 1],
      [0, 1, 1, 1],
    ]);
  });

  it('keeps away what once went', () => {
    const first = magnitudeMask(network, parameters, { ...spec, sparsity: 0.25 });
    const grown = parameters.map((value, at) =>
      first[at] === 0 ? 0 : value === 0 ? 0 : 10 - Math.abs(value),
    );
    const second = magnitudeMask(network, grown, spec);
    first.forEach((stays, at) => expect(second[at]).toBeLessThanOrEqual(stays));
  });
});

describe('the schedule of pruning', () => {
  it('grows as a cube to the full share, once every so many steps, then rests', () => {
    const plan = pruneSpec.parse({ sparsity: 0.8, ramp: 0.5, updates: 4 });
    const seen = Array.from({ length: 81 }, (_, step) => sparsityBefore(plan, { step, steps: 80 }));
    const changes = seen.flatMap((share, step) => (share === undefined ? [] : [[step, share] as const]));
    expect(changes.map(([step]) => step)).toEqual([0, 10, 20, 30, 40]);
    // 0.8 (1 − (1 − t)³) at t = 0, ¼, ½, ¾, 1
    [0, 0.4625, 0.7, 0.7875, 0.8].forEach((share, at) => expect(changes[at]![1]).toBeCloseTo(share, 12));
  });

  it('reaches the full share at once without a ramp, and in a run shorter than its updates', () => {
    expect(sparsityBefore(pruneSpec.parse({ sparsity: 0.3, ramp: 0 }), { step: 0, steps: 9 })).toBe(0.3);
    const plan = pruneSpec.parse({ sparsity: 0.3, ramp: 0.5, updates: 100 });
    expect(sparsityBefore(plan, { step: 4, steps: 9 })).toBeCloseTo(0.3, 12);
    expect(sparsityBefore(plan, { step: 5, steps: 9 })).toBeUndefined();
  });
});

describe('a training step on a masked state', () => {
  it('moves what stays and leaves the rest, its average too, at exactly zero', async () => {
    const network = networks['a stack of convolutions with pooling']!;
    const optimiser = optimiserSpec.parse({ type: 'adamw', weightDecay: 0.1 });
    const options = { network, optimiser, average: true, seed: 1 };
    const fresh = initialState(options);
    const mask = magnitudeMask(network, fresh.vectors.parameters!, pruneSpec.parse({ unit: 'weight' }));
    const runner = await openStepRunner(
      {
        ...options,
        masked: true,
        batchSize: 2,
        loss: { type: 'cross-entropy', labelSmoothing: 0 },
        threads: 1,
        averageDecay: 0.9,
      },
      maskedState(fresh, mask),
    );
    const random = seededRandom('batch');
    for (let step = 0; step < 3; step++)
      await runner.step(
        {
          examples: Float32Array.from({ length: 2 * 8 * 8 * 3 }, () => random.normal()),
          targets: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0),
        },
        0.01,
      );
    const { parameters, average_parameters: average, mask: kept } = runner.state.vectors;
    await runner.close();
    expect(kept).toEqual(mask);
    let moved = 0;
    mask.forEach((stays, at) => {
      if (stays === 0) expect([parameters![at], average![at]].map(Math.abs as never)).toEqual([0, 0]);
      else if (parameters![at] !== fresh.vectors.parameters![at]) moved++;
    });
    expect(moved).toBeGreaterThan(0.9 * mask.reduce((sum, stays) => sum + stays, 0));
  });
});
