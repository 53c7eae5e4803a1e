import { seededRandom } from '@assay/random';
import { describe, expect, it } from '@jest/globals';
import { lossSpec } from '../losses/loss.ts';
import { networkSpec } from '../network/network-spec.ts';
import { optimiserSpec } from '../optimisers/optimiser.ts';
import { initialState, stateOf, transferWeights, weightsOf } from './initial-state.ts';
import { openTrainer } from './open-trainer.ts';
import { type Batch, type StepRunnerOptions } from './step-runner.ts';
import { parseState, serialiseState } from './training-state.ts';

const batchSize = 16;
const network = networkSpec.parse({
  input: { kind: 'image', height: 8, width: 8, channels: 3 },
  layers: [
    { type: 'conv', channels: 8 },
    { type: 'batch-norm' },
    { type: 'relu' },
    { type: 'max-pool' },
    { type: 'conv', channels: 8 },
    { type: 'batch-norm' },
    { type: 'relu' },
    { type: 'global-average-pool' },
    { type: 'dropout', rate: 0.2 },
    { type: 'linear', units: 2 },
  ],
});
const options: StepRunnerOptions = {
  network,
  batchSize,
  loss: lossSpec.parse({ type: 'cross-entropy' }),
  optimiser: optimiserSpec.parse({ type: 'adamw', weightDecay: 0.01, clipNorm: 5 }),
  average: true,
  averageDecay: 0.9,
  seed: 3,
  threads: 1,
};

/** Two classes: vertical against horizontal stripes, under noise. */
function stripes(step: number): Batch {
  const random = seededRandom('stripes', step);
  const examples = new Float32Array(batchSize * 8 * 8 * 3);
  const targets = new Float32Array(batchSize * 2);
  for (let item = 0; item < batchSize; item++) {
    const label = random.integer(2);
    targets[item * 2 + label] = 1;
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 8; x++)
        for (let c = 0; c < 3; c++)
          examples[((item * 8 + y) * 8 + x) * 3 + c] = ((label ? x : y) % 2) + 0.5 * random.normal();
  }
  return { examples, targets };
}

async function train(steps: readonly number[], from = initialState(options)) {
  const trainer = await openTrainer(options, from);
  const losses: number[] = [];
  for (const step of steps) losses.push((await trainer.step(stripes(step), 0.01)).loss);
  const state = await trainer.snapshot();
  await trainer.close();
  return { losses, state };
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('a training run', () => {
  it('learns: the loss falls below a fifth of what chance gives', async () => {
    const { losses } = await train(range(0, 60));
    expect(losses[0]).toBeGreaterThan(0.4);
    expect(losses.slice(-5).reduce((sum, loss) => sum + loss, 0) / 5).toBeLessThan(Math.LN2 / 5);
  });

  it('gives the same weights for the same seed, bit for bit, and others for another', async () => {
    const [first, second] = [await train(range(0, 5)), await train(range(0, 5))];
    expect(serialiseState(first.state)).toEqual(serialiseState(second.state));
    const other = await train(range(0, 5), initialState({ ...options, seed: 4 }));
    expect(serialiseState(other.state)).not.toEqual(serialiseState(first.state));
  });

  it('resumed from a checkpoint equals the uninterrupted run, bit for bit', async () => {
    const whole = await train(range(0, 8));
    const half = await train(range(0, 4));
    const resumed = await train(range(4, 8), parseState(serialiseState(half.state)));
    expect(serialiseState(resumed.state)).toEqual(serialiseState(whole.state));
    expect(resumed.state.step).toBe(8);
  });

  it('gives the same weights in the thread of the caller', async () => {
    const { state } = await train(range(0, 5));
    const trainer = await openTrainer({ ...options, ownThread: false }, initialState(options));
    for (const step of range(0, 5)) await trainer.step(stripes(step), 0.01);
    expect(serialiseState(await trainer.snapshot())).toEqual(serialiseState(state));
    await trainer.close();
  });

  it('can be taken back to an earlier state', async () => {
    const trainer = await openTrainer(options, initialState(options));
    await trainer.step(stripes(0), 0.01);
    const kept = await trainer.snapshot();
    await trainer.step(stripes(1), 0.01);
    await trainer.restore(kept);
    expect(serialiseState(await trainer.snapshot())).toEqual(serialiseState(kept));
    await trainer.close();
  });

  it('stops with advice when the loss is no number', async () => {
    const trainer = await openTrainer(options, initialState(options));
    const batch = stripes(0);
    batch.examples.fill(Number.NaN);
    await expect(trainer.step(batch, 0.01)).rejects.toMatchObject({
      code: 'training-failed',
      message: expect.stringMatching(/step 1.*learning rate/),
    });
    await trainer.close();
  });

  it('refuses the state of another network', async () => {
    const small = networkSpec.parse({ ...network, layers: network.layers.slice(-3) });
    const trainer = await openTrainer(options, initialState({ ...options, network: small }));
    await expect(trainer.step(stripes(0), 0.1)).rejects.toThrow(/belongs to another network/);
    await trainer.close();
  });
});

describe('a saved state', () => {
  it('is read from a Buffer as from an array of bytes', () => {
    const state = initialState(options);
    const bytes = serialiseState(state);
    expect(parseState(Buffer.from(bytes)).vectors.parameters).toEqual(state.vectors.parameters);
  });

  it('is refused when it is cut off or another file', () => {
    const bytes = serialiseState(initialState(options));
    expect(() => parseState(bytes.subarray(0, bytes.length - 1))).toThrow(/expected \d+ bytes/);
    expect(() => parseState(bytes.subarray(0, 30))).toThrow(/header is cut off/);
    expect(() => parseState(new TextEncoder().encode('{"weights":[]}'))).toThrow(/first line/);
  });
});

describe('transferred weights', () => {
  it('are those of equal tensors but for the classes', () => {
    const source = weightsOf(initialState({ ...options, seed: 11 }));
    const target = weightsOf(initialState({ ...options, seed: 12 }));
    const { weights, transferred } = transferWeights(
      { network, weights: source },
      { network, weights: target },
    );
    const headSize = 8 * 2 + 2;
    expect(weights.parameters.slice(0, -headSize)).toEqual(source.parameters.slice(0, -headSize));
    expect(weights.parameters.slice(-headSize)).toEqual(target.parameters.slice(-headSize));
    expect(transferred).toBe(10);
    expect(stateOf(weights, options).vectors.average_parameters).toEqual(weights.parameters);
  });
});
