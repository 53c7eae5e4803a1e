import { seededRandom } from '@assay/random';
import { describe, expect, it } from '@jest/globals';
import { lossSpec } from '../losses/loss.ts';
import { optimiserSpec } from '../optimisers/optimiser.ts';
import { stateOf } from '../trainer/initial-state.ts';
import { openStepRunner } from '../trainer/run-step.ts';
import { initialWeights } from './initialise.ts';
import { networkSpec, poolBeforeActivation, type LayerSpecInput } from './network-spec.ts';
import { decayMask, tensorLayout } from './tensor-layout.ts';
import { networkTensors, outputSize } from './walk-network.ts';

const image = (layers: LayerSpecInput[]) =>
  networkSpec.parse({ input: { kind: 'image', height: 8, width: 6, channels: 3 }, layers });
const head: LayerSpecInput[] = [{ type: 'global-average-pool' }, { type: 'linear', units: 4 }];

describe('a network', () => {
  it('lays out its tensors end to end: parameters apart from running statistics', () => {
    const network = image([{ type: 'conv', channels: 5 }, { type: 'batch-norm' }, { type: 'relu' }, ...head]);
    const layout = tensorLayout(network);
    expect(layout.parameters.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['0.conv.weight', 0, 135],
      ['1.batch-norm.gain', 135, 5],
      ['1.batch-norm.shift', 140, 5],
      ['4.linear.weight', 145, 20],
      ['4.linear.bias', 165, 4],
    ]);
    expect(layout.parameterCount).toBe(169);
    expect(layout.statistics.map(({ name }) => name)).toEqual(['1.batch-norm.mean', '1.batch-norm.variance']);
    expect(outputSize(network)).toBe(4);
    expect(decayMask(layout).reduce((sum, value) => sum + value, 0)).toBe(135 + 20);
  });

  it('starts convolutions with variance 2 / fan-in, norms as identity, biases at zero', () => {
    const network = image([{ type: 'conv', channels: 64, bias: true }, { type: 'batch-norm' }, ...head]);
    const layout = tensorLayout(network);
    const { parameters, statistics } = initialWeights(layout, 7);
    const values = (name: string) => {
      const { offset, size } = layout.parameters.find((tensor) => tensor.name === name)!;
      return Array.from(parameters.subarray(offset, offset + size));
    };
    const weights = values('0.conv.weight');
    const variance = weights.reduce((sum, value) => sum + value * value, 0) / weights.length;
    expect(variance).toBeCloseTo(2 / 27, 2);
    expect(new Set(values('0.conv.bias'))).toEqual(new Set([0]));
    expect(new Set(values('1.batch-norm.gain'))).toEqual(new Set([1]));
    expect(new Set(statistics)).toEqual(new Set([0, 1]));
  });

  it('draws each tensor from a stream of its own: a deeper network keeps the first weights', () => {
    const shallow = image([{ type: 'conv', channels: 4 }, { type: 'relu' }, ...head]);
    const deep = image([{ type: 'conv', channels: 4 }, { type: 'conv', channels: 4 }, ...head]);
    const first = (network: typeof shallow) =>
      initialWeights(tensorLayout(network), 1).parameters.slice(0, 108);
    expect(first(shallow)).toEqual(first(deep));
  });

  it('computes a monotone activation after the max pooling behind it, and no other one', () => {
    const types = (layers: LayerSpecInput[]) =>
      poolBeforeActivation(image(layers).layers).map(({ type }) => type);
    expect(types([{ type: 'relu' }, { type: 'max-pool' }, ...head]).slice(0, 2)).toEqual([
      'max-pool',
      'relu',
    ]);
    expect(types([{ type: 'gelu' }, { type: 'max-pool' }, ...head]).slice(0, 2)).toEqual([
      'gelu',
      'max-pool',
    ]);
    expect(types([{ type: 'relu' }, { type: 'average-pool' }, ...head]).slice(0, 2)).toEqual([
      'relu',
      'average-pool',
    ]);
  });
});

describe('an ensemble', () => {
  it('trains each member as it would be trained alone: same losses, gradients over the number of members', async () => {
    const member = (channels: number): LayerSpecInput[] => [
      { type: 'conv', channels },
      { type: 'relu' },
      ...head,
    ];
    const whole = image([{ type: 'ensemble', members: [member(2), member(3)] }]);
    const random = seededRandom('ensemble');
    const batch = () => ({
      examples: Float32Array.from({ length: 4 * 8 * 6 * 3 }, (_, i) => Math.sin(i)),
      targets: Float32Array.from({ length: 16 }, (_, i) => Number(i % 5 === 0)),
    });
    const layout = tensorLayout(whole);
    const parameters = Float32Array.from({ length: layout.parameterCount }, () => 0.3 * random.normal());
    const step = async (network: typeof whole, weights: Float32Array) => {
      const options = {
        network,
        optimiser: optimiserSpec.parse({ type: 'sgd', momentum: 0 }),
        average: false,
      };
      const runner = await openStepRunner(
        {
          ...options,
          batchSize: 4,
          loss: lossSpec.parse({ type: 'cross-entropy' }),
          threads: 1,
          averageDecay: 0,
          seed: 1,
        },
        stateOf({ parameters: weights, statistics: new Float32Array() }, options),
      );
      const { loss } = await runner.step(batch(), 1);
      const after = runner.state.vectors.parameters!;
      await runner.close();
      return { loss, gradient: weights.map((value, i) => value - after[i]!) };
    };
    const both = await step(whole, parameters);
    const size = (channels: number) => tensorLayout(image(member(channels))).parameterCount;
    const first = await step(image(member(2)), parameters.slice(0, size(2)));
    const second = await step(image(member(3)), parameters.slice(size(2)));
    expect(both.loss).toBeCloseTo((first.loss + second.loss) / 2, 5);
    const alone = [...first.gradient, ...second.gradient];
    both.gradient.forEach((value, i) => expect(value).toBeCloseTo(alone[i]! / 2, 5));
  });
});

describe('a network that does not fit together is refused with the layer and a way out', () => {
  const cases: [string, LayerSpecInput[], RegExp][] = [
    [
      'a linear layer on an image',
      [{ type: 'linear', units: 2 }],
      /layer 0 \(linear\) needs a vector.*flatten/,
    ],
    [
      'a convolution on a vector',
      [{ type: 'flatten' }, { type: 'conv', channels: 2 }],
      /layer 1 \(conv\) needs an image/,
    ],
    ['no vector at the end', [{ type: 'conv', channels: 2 }], /logits are a vector.*global-average-pool/],
    ['a window larger than the image', [{ type: 'max-pool', size: 7 }, ...head], /window of 7 pixels.*8×6/],
    [
      'an ensemble that is not the last layer',
      [{ type: 'ensemble', members: [head, head] }, { type: 'relu' }],
      /layer 0 is an ensemble, which can only be the last/,
    ],
    [
      'members of an ensemble that disagree',
      [{ type: 'ensemble', members: [head, [{ type: 'flatten' }, { type: 'linear', units: 3 }]] }],
      /equally many of each; they end in \[4\], \[3\]/,
    ],
    [
      'a shortcut of another shape',
      [{ type: 'residual', layers: [{ type: 'conv', channels: 5 }] }, ...head],
      /layer 0 adds \[8, 6, 5\] and its shortcut's \[8, 6, 3\]/,
    ],
  ];
  for (const [name, layers, message] of cases)
    it(name, () => {
      expect(() => {
        const network = image(layers);
        networkTensors(network);
        outputSize(network);
      }).toThrow(message);
    });
});
