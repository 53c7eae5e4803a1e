import { readFileSync } from 'node:fs';
import { openSession, type Tensor } from '@assay/model-runtime';
import { describe, expect, it } from '@jest/globals';
import { Tape } from '../tape/tape.ts';
import { clipNorm, gradientNorm } from './clip-norm.ts';
import { biasCorrections, momentCount, optimiserSpec, type OptimiserSpec } from './optimiser.ts';
import { emitUpdate } from './update.ts';

interface Case {
  name: string;
  hyper: Record<string, unknown> & { lr: number; betas?: [number, number] };
  w0: number[];
  grads: number[][];
  weights: number[][];
}
const { optimizers } = JSON.parse(
  readFileSync(new URL('../../fixtures/gradients-torch.json', import.meta.url), 'utf8'),
) as { optimizers: Case[] };

function specOf({ name, hyper }: Case): OptimiserSpec {
  const weightDecay = hyper.weight_decay as number;
  if (name.startsWith('sgd'))
    return optimiserSpec.parse({
      type: 'sgd',
      momentum: hyper.momentum,
      nesterov: hyper.nesterov,
      weightDecay,
    });
  const [beta1, beta2] = hyper.betas!;
  const type = name.startsWith('adamw') ? 'adamw' : 'adam';
  return optimiserSpec.parse({ type, beta1, beta2, epsilon: hyper.eps, weightDecay });
}

/** One update as a graph of its own. */
async function openUpdate(spec: OptimiserSpec, size: number) {
  const tape = new Tape();
  const moments = Array.from({ length: momentCount(spec) }, (_, i) =>
    tape.graph.input(`moment_${i}`, [size]),
  );
  const updated = emitUpdate(
    tape,
    {
      weights: tape.graph.input('weights', [size]),
      gradient: tape.graph.input('gradient', [size]),
      moments,
      learningRate: tape.graph.input('rate', []),
      corrections:
        spec.type === 'sgd' ? ['', ''] : [tape.graph.input('first', []), tape.graph.input('second', [])],
    },
    spec,
  );
  for (const name of [updated.weights, ...updated.moments]) tape.graph.output(name, [size]);
  const session = await openSession(tape.graph.build());
  return { session, moments, updated };
}

describe('optimisers agree with PyTorch in float64 over eight steps', () => {
  for (const given of optimizers)
    it(given.name, async () => {
      const spec = specOf(given);
      const size = given.w0.length;
      const { session, moments, updated } = await openUpdate(spec, size);
      const vector = (data: Float32Array): Tensor => ({
        type: 'float32',
        shape: [size],
        data: Float32Array.from(data),
      });
      const scalar = (value: number): Tensor => ({
        type: 'float32',
        shape: [],
        data: Float32Array.of(value),
      });
      let weights = Float32Array.from(given.w0);
      let memory = moments.map(() => new Float32Array(size));
      for (const [index, gradient] of given.grads.entries()) {
        const [first, second] = biasCorrections(spec, index + 1);
        const results = await session.run({
          weights: vector(weights),
          gradient: vector(Float32Array.from(gradient)),
          rate: scalar(given.hyper.lr),
          ...(spec.type === 'sgd' ? {} : { first: scalar(first), second: scalar(second) }),
          ...Object.fromEntries(moments.map((name, i) => [name, vector(memory[i]!)])),
        });
        weights = Float32Array.from(results[updated.weights]!.data as Float32Array);
        memory = updated.moments.map((name) => Float32Array.from(results[name]!.data as Float32Array));
        weights.forEach((value, i) => expect(value).toBeCloseTo(given.weights[index]![i]!, 4));
      }
      await session.close();
    });

  it('knows plain SGD, Nesterov, Adam and AdamW', () => {
    expect(optimizers.map(({ name }) => name.replace(/-.*/, ''))).toEqual(
      expect.arrayContaining(['sgd', 'adam', 'adamw']),
    );
  });
});

describe('gradient clipping', () => {
  for (const { limit, expected } of [
    { limit: 1, expected: [0.6, 0.8] },
    { limit: 10, expected: [3, 4] },
  ])
    it(`shortens [3, 4] to norm ${limit} at most`, async () => {
      const tape = new Tape();
      const gradient = tape.graph.input('gradient', [2]);
      const norm = gradientNorm(tape, gradient);
      const clipped = clipNorm(tape, gradient, { norm, limit });
      tape.graph.output(norm, []);
      tape.graph.output(clipped, [2]);
      const session = await openSession(tape.graph.build());
      const results = await session.run({
        gradient: { type: 'float32', shape: [2], data: Float32Array.of(3, 4) },
      });
      expect((results[norm]!.data as Float32Array)[0]).toBeCloseTo(5, 5);
      (results[clipped]!.data as Float32Array).forEach((value, i) =>
        expect(value).toBeCloseTo(expected[i]!, 5),
      );
      await session.close();
    });
});
