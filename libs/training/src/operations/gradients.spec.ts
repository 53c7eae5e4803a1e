import { readFileSync } from 'node:fs';
import { openSession, type Tensor } from '@assay/model-runtime';
import { describe, expect, it } from '@jest/globals';
import { binaryCrossEntropy } from '../losses/binary-cross-entropy.ts';
import { crossEntropy } from '../losses/cross-entropy.ts';
import { Tape } from '../tape/tape.ts';
import { sizeOf, type Variable } from '../tape/variable.ts';
import { add, addBias } from './add.ts';
import { averagePool } from './average-pool.ts';
import { batchNorm } from './batch-norm.ts';
import { conv2d } from './conv2d.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { gelu } from './gelu.ts';
import { globalAveragePool } from './global-average-pool.ts';
import { layerNorm } from './layer-norm.ts';
import { leakyRelu } from './leaky-relu.ts';
import { linear } from './linear.ts';
import { maxPool } from './max-pool.ts';
import { relu } from './relu.ts';
import { sigmoid } from './sigmoid.ts';
import { silu } from './silu.ts';
import { tanh } from './tanh.ts';

interface Values {
  shape: number[];
  data: number[];
}
interface Case {
  name: string;
  op: string;
  params: Record<string, number & Values & number[]>;
  inputs: Record<string, Values>;
  upstream: Values;
  output: Values;
  grads: Record<string, Values>;
}
const oracle = JSON.parse(
  readFileSync(new URL('../../fixtures/gradients-torch.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

/** Relative to the largest element of the oracle. */
const tolerance = 1e-5;

/** Moves axes: `permute({ shape: [N, C, H, W] }, [0, 2, 3, 1])` is NHWC. */
function permute({ shape, data }: Values, order: readonly number[]): Values {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const target = order.map((axis) => shape[axis]!);
  const moved = Array.from({ length: data.length }, (_, flat) => {
    let rest = flat;
    let source = 0;
    for (let axis = target.length - 1; axis >= 0; axis--) {
      source += (rest % target[axis]!) * strides[order[axis]!]!;
      rest = Math.floor(rest / target[axis]!);
    }
    return data[source]!;
  });
  return { shape: target, data: moved };
}

/** PyTorch's layouts to ours: images NCHW → NHWC, kernels OIHW → [taps · I, O], matrices [O, I] → [I, O]. */
function toOurs(values: Values, what: { op: string; input: string }): Values {
  const kernel = what.input.startsWith('w');
  if (kernel && what.op === 'linear') return permute(values, [1, 0]);
  if (kernel && what.op === 'depthwiseConv2d') {
    const moved = permute(values, [2, 3, 1, 0]);
    return { shape: [moved.shape[0]! * moved.shape[1]!, moved.shape[3]!], data: moved.data };
  }
  if (kernel) {
    const moved = permute(values, [2, 3, 1, 0]);
    return {
      shape: [moved.shape[0]! * moved.shape[1]! * moved.shape[2]!, moved.shape[3]!],
      data: moved.data,
    };
  }
  return values.shape.length === 4 ? permute(values, [0, 2, 3, 1]) : values;
}

const running = (tape: Tape, channels: number) => ({
  mean: tape.constant('running_mean', () => ({ shape: [channels], data: new Float32Array(channels) })),
  variance: tape.constant('running_variance', () => ({
    shape: [channels],
    data: new Float32Array(channels).fill(1),
  })),
});

type Build = (tape: Tape, inputs: Record<string, Variable>, given: Case) => Variable;
const window = ({ params }: Case) => ({
  kernel: params.kernel!,
  stride: params.stride ?? 1,
  padding: params.padding ?? 0,
});
const builds: Record<string, Build> = {
  conv2d: (tape, { x, weight, bias }, given) =>
    addBias(tape, conv2d(tape, [x!, weight!], window(given)), bias!),
  depthwiseConv2d: (tape, { x, weight, bias }, given) =>
    addBias(tape, depthwiseConv2d(tape, [x!, weight!], window(given)), bias!),
  linear: (tape, { x, weight, bias }) => addBias(tape, linear(tape, [x!, weight!]), bias!),
  batchNorm2d: (tape, { x, gamma, beta }) =>
    batchNorm(tape, [x!, gamma!, beta!], running(tape, x!.shape[3]!)).output,
  layerNorm: (tape, { x, gamma, beta }) => layerNorm(tape, [x!, gamma!, beta!]),
  relu: (tape, { x }) => relu(tape, x!),
  leakyRelu: (tape, { x }) => leakyRelu(tape, x!),
  sigmoid: (tape, { x }) => sigmoid(tape, x!),
  tanh: (tape, { x }) => tanh(tape, x!),
  gelu: (tape, { x }) => gelu(tape, x!),
  silu: (tape, { x }) => silu(tape, x!),
  maxPool2d: (tape, { x }, given) => maxPool(tape, x!, window(given)),
  avgPool2d: (tape, { x }, given) => averagePool(tape, x!, window(given)),
  globalAveragePool2d: (tape, { x }) => globalAveragePool(tape, x!),
  crossEntropy: (tape, { logits }, given) => {
    const [batch, classes] = logits!.shape as [number, number];
    const oneHot = new Float32Array(batch * classes);
    given.params.target!.forEach((label, row) => (oneHot[row * classes + label] = 1));
    const targets = tape.constant('targets', () => ({ shape: logits!.shape, data: oneHot }));
    return crossEntropy(tape, logits!, { targets, labelSmoothing: given.params.labelSmoothing! });
  },
  binaryCrossEntropyWithLogits: (tape, { logits }, given) => {
    const data = Float32Array.from(given.params.target!);
    return binaryCrossEntropy(tape, logits!, {
      targets: tape.constant('targets', () => ({ shape: logits!.shape, data })),
    });
  },
  residualBlock: (tape, { x, w1, g1, b1, w2, g2, b2, ws }) => {
    const norm = (input: Variable, gain: Variable, shift: Variable) =>
      batchNorm(tape, [input, gain, shift], running(tape, input.shape[3]!)).output;
    const first = relu(tape, norm(conv2d(tape, [x!, w1!], { kernel: 3, stride: 2, padding: 1 }), g1!, b1!));
    const second = norm(conv2d(tape, [first, w2!], { kernel: 3, stride: 1, padding: 1 }), g2!, b2!);
    const shortcut = conv2d(tape, [x!, ws!], { kernel: 1, stride: 2, padding: 0 });
    return relu(tape, add(tape, second, shortcut));
  },
};

async function runCase(given: Case): Promise<{ output: Values; grads: Record<string, Values> }> {
  const tape = new Tape();
  const feeds: Record<string, Tensor> = {};
  const feed = (name: string, values: Values): string => {
    feeds[name] = { type: 'float32', shape: values.shape, data: Float32Array.from(values.data) };
    return tape.graph.input(name, values.shape);
  };
  const inputs: Record<string, Variable> = {};
  for (const [name, values] of Object.entries(given.inputs)) {
    const ours = toOurs(values, { op: given.op, input: name });
    inputs[name] = tape.variable(feed(name, ours), ours.shape, { needsGradient: true });
  }
  const output = builds[given.op]!(tape, inputs, given);
  const upstream = feed('upstream', toOurs(given.upstream, { op: given.op, input: 'upstream' }));
  const names = Object.keys(given.grads);
  const gradients = tape.gradients(
    output,
    names.map((name) => inputs[name]!),
    upstream,
  );
  tape.graph.output(output.name, output.shape);
  gradients.forEach((gradient, index) => tape.graph.output(gradient, inputs[names[index]!]!.shape));
  const session = await openSession(tape.graph.build());
  const results = await session.run(feeds);
  await session.close();
  const read = (name: string): Values => ({
    shape: [...results[name]!.shape],
    data: Array.from(results[name]!.data as Float32Array),
  });
  return {
    output: read(output.name),
    grads: Object.fromEntries(names.map((name, index) => [name, read(gradients[index]!)])),
  };
}

function expectClose(received: Values, expected: Values): void {
  expect(received.shape).toEqual(expected.shape);
  const scale = Math.max(...expected.data.map(Math.abs), 1e-3);
  received.data.forEach((value, index) => {
    expect(Math.abs(value - expected.data[index]!) / scale).toBeLessThan(tolerance);
  });
}

describe('values and gradients agree with PyTorch in float64', () => {
  for (const given of oracle.cases) {
    if (given.name === 'maxpool-ties') continue;
    it(given.name, async () => {
      const { output, grads } = await runCase(given);
      expectClose(output, toOurs(given.output, { op: given.op, input: 'output' }));
      for (const [name, expected] of Object.entries(given.grads))
        expectClose(grads[name]!, toOurs(expected, { op: given.op, input: name }));
    });
  }

  it('covers every operation of the oracle', () => {
    for (const { op } of oracle.cases) expect(Object.keys(builds)).toContain(op);
    expect(oracle.cases.length).toBeGreaterThanOrEqual(28);
  });
});

describe('running statistics of batch norm agree with PyTorch', () => {
  for (const given of oracle.cases.filter(({ op }) => op === 'batchNorm2d'))
    it(given.name, async () => {
      const { x } = given.inputs;
      const ours = permute(x!, [0, 2, 3, 1]);
      const channels = ours.shape[3]!;
      const tape = new Tape();
      const feeds: Record<string, Tensor> = {};
      const feed = (name: string, shape: number[], data: readonly number[]) => {
        feeds[name] = { type: 'float32', shape, data: Float32Array.from(data) };
        return tape.graph.input(name, shape);
      };
      const variable = (name: string, values: Values) =>
        tape.variable(feed(name, values.shape, values.data), values.shape, { needsGradient: false });
      const before = {
        mean: feed('mean', [channels], given.params.runningMeanBefore!.data),
        variance: feed('variance', [channels], given.params.runningVarBefore!.data),
      };
      const inputs = [
        variable('x', ours),
        variable('gamma', given.inputs.gamma!),
        variable('beta', given.inputs.beta!),
      ];
      const after = batchNorm(tape, inputs as [Variable, Variable, Variable], before).running;
      for (const name of [after.mean, after.variance]) tape.graph.output(name, [channels]);
      const session = await openSession(tape.graph.build());
      const results = await session.run(feeds);
      await session.close();
      const read = (name: string) => ({
        shape: [channels],
        data: Array.from(results[name]!.data as Float32Array),
      });
      expectClose(read(after.mean), given.params.runningMeanAfter!);
      expectClose(read(after.variance), given.params.runningVarAfter!);
    });
});

describe('max pooling with ties', () => {
  for (const window of [
    { kernel: 2, stride: 2, padding: 0 },
    { kernel: 3, stride: 2, padding: 1 },
  ])
    it(`passes each gradient to exactly one of equal maxima (${window.kernel}×${window.kernel})`, async () => {
      const shape = [2, 4, 4, 2];
      const tape = new Tape();
      const x = tape.variable(tape.graph.input('x', shape), shape, { needsGradient: true });
      const pooled = maxPool(tape, x, window);
      const upstream = tape.graph.input('upstream', pooled.shape);
      const [gradient] = tape.gradients(pooled, [x], upstream) as [string];
      tape.graph.output(gradient, shape);
      await using session = {
        ...(await openSession(tape.graph.build())),
        [Symbol.asyncDispose]: async () => {},
      };
      const results = await session.run({
        x: { type: 'float32', shape, data: new Float32Array(64).fill(0.5) },
        upstream: {
          type: 'float32',
          shape: pooled.shape,
          data: new Float32Array(sizeOf(pooled.shape)).fill(1),
        },
      });
      await session.close();
      const values = Array.from(results[gradient]!.data as Float32Array);
      expect(values.reduce((sum, value) => sum + value, 0)).toBe(sizeOf(pooled.shape));
      for (const value of values) expect(Number.isInteger(value)).toBe(true);
    });
});
