import { openSession } from '@assay/model-runtime';
import { describe, expect, it } from '@jest/globals';
import { Tape } from '../tape/tape.ts';
import { sizeOf, type Variable } from '../tape/variable.ts';
import { batchNorm } from './batch-norm.ts';
import { batchNormMaxPool } from './batch-norm-max-pool.ts';
import { flipChannels } from './flip-channels.ts';
import { maxPool } from './max-pool.ts';

const values = {
  x: { shape: [3, 6, 4, 5], data: wave(3 * 6 * 4 * 5) },
  // Both signs and zero.
  gamma: { shape: [5], data: Float32Array.of(1.5, -0.7, 0, -2, 0.3) },
  beta: { shape: [5], data: Float32Array.of(0.1, -0.2, 0.3, 0, 1) },
};
const running = { mean: [0.5, -0.5, 0, 1, 2], variance: [1, 2, 0.5, 1, 3] };

/** Pseudo-random values without two alike, about 0.4 ± 0.7. */
function wave(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin(index * index * 0.71 + index) + 0.4);
}

interface Computed {
  readonly output: Variable;
  readonly running: { readonly mean: string; readonly variance: string };
}
type Inputs = readonly [x: Variable, gamma: Variable, beta: Variable];

async function valuesAndGradients(
  build: (tape: Tape, inputs: Inputs, statistics: Computed['running']) => Computed,
): Promise<number[][]> {
  const tape = new Tape();
  const inputs = Object.entries(values).map(([name, { shape }]) =>
    tape.variable(tape.graph.input(name, shape), shape, { needsGradient: true }),
  );
  const statistic = (key: keyof typeof running) =>
    tape.constant(key, () => ({ shape: [5], data: Float32Array.from(running[key]) }));
  const { output, running: after } = build(tape, inputs as unknown as Inputs, {
    mean: statistic('mean'),
    variance: statistic('variance'),
  });
  const upstream = tape.graph.input('upstream', output.shape);
  const results = [output.name, after.mean, after.variance, ...tape.gradients(output, inputs, upstream)];
  const shapes = [output.shape, [5], [5], ...inputs.map(({ shape }) => shape)];
  results.forEach((name, index) => tape.graph.output(name, shapes[index] ?? []));
  const session = await openSession(tape.graph.build());
  const feeds = { ...values, upstream: { shape: output.shape, data: wave(sizeOf(output.shape)) } };
  const answers = await session.run(
    Object.fromEntries(
      Object.entries(feeds).map(([name, value]) => [name, { type: 'float32' as const, ...value }]),
    ),
  );
  await session.close();
  return results.map((name) => Array.from(answers[name]?.data as Float32Array));
}

describe('batch normalisation that is computed after max pooling', () => {
  for (const window of [
    { kernel: 2, stride: 2, padding: 0 },
    { kernel: 3, stride: 2, padding: 1 },
  ])
    it(`gives the values, statistics and gradients of the usual order, whatever the sign of gamma (${window.kernel}×${window.kernel})`, async () => {
      const [output, mean, variance, dx, gamma, beta] = await valuesAndGradients(
        (tape, [x, gain, shift], statistics) =>
          batchNormMaxPool(tape, [(signs) => flipChannels(tape, x, signs), gain, shift], {
            running: statistics,
            window,
          }),
      );
      const usual = await valuesAndGradients((tape, inputs, statistics) => {
        const normalised = batchNorm(tape, inputs, statistics);
        return { output: maxPool(tape, normalised.output, window), running: normalised.running };
      });
      // A gain of zero ties all values of its channel: which of them gets the gradient of gamma is a convention.
      const received = [output, mean, variance, dx, gamma, beta].map((list) => list ?? []);
      received.forEach((list, which) => {
        const scale = Math.max(...(usual[which] ?? []).map(Math.abs));
        list.forEach((value, index) => {
          if (which === 4 && index === 2) return;
          expect(Math.abs(value - (usual[which]?.[index] ?? NaN)) / scale).toBeLessThan(1e-5);
        });
      });
      expect(received.map(({ length }) => length)).toEqual(usual.map(({ length }) => length));
    });
});
