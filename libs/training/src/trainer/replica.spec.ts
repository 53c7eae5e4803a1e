import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import {
  initialState,
  lossSpec,
  networkSpec,
  openStepRunner,
  optimiserSpec,
  type Batch,
  type StepRunnerOptions,
} from '../index.ts';
import { exchangedLength, openReplica } from './replica.ts';
import { meanMemory, openSharedMean } from './shared-mean.ts';

const batchSize = 8;
const options: StepRunnerOptions = {
  network: networkSpec.parse({
    input: { kind: 'image', height: 6, width: 6, channels: 3 },
    layers: [
      { type: 'conv', channels: 4 },
      { type: 'batch-norm' },
      { type: 'relu' },
      { type: 'dropout', rate: 0.25 },
      { type: 'global-average-pool' },
      { type: 'linear', units: 3 },
    ],
  }),
  batchSize,
  loss: lossSpec.parse({ type: 'cross-entropy' }),
  optimiser: optimiserSpec.parse({ type: 'adamw', weightDecay: 0.01, clipNorm: 1 }),
  average: true,
  averageDecay: 0.9,
  seed: 3,
  threads: 1,
};

function batchOf(step: number): Batch {
  const random = seededRandom('replica', step);
  const examples = Float32Array.from({ length: batchSize * 6 * 6 * 3 }, () => random.normal());
  const targets = new Float32Array(batchSize * 3);
  for (let row = 0; row < batchSize; row++) targets[3 * row + random.integer(3)] = 1;
  return { examples, targets };
}

/** The only one of its kind: it waits for nobody. */
const alone = () => ({ shared: meanMemory(exchangedLength(options), 1), rank: 0, count: 1 });

describe('a replica', () => {
  it('that is alone takes the steps of the plain training step', async () => {
    const initial = initialState(options);
    const runner = await openStepRunner(options, initial);
    const replica = await openReplica(options, initial, alone());
    for (const step of [1, 2, 3]) {
      const plain = await runner.step(batchOf(step), 0.01);
      const own = await replica.step(batchOf(step), 0.01);
      expect(own.loss).toBeCloseTo(plain.loss, 5);
      expect(own.gradientNorm).toBeCloseTo(plain.gradientNorm, 4);
      expect(own.logits).toHaveLength(batchSize * 3);
    }
    expect(replica.state.step).toBe(3);
    for (const [name, vector] of Object.entries(runner.state.vectors)) {
      const own = replica.state.vectors[name]!;
      const furthest = Math.max(...vector.map((value, at) => Math.abs(value - own[at]!)));
      expect({ name, furthest: furthest < 1e-5 }).toEqual({ name, furthest: true });
    }
    await runner.close();
    await replica.close();
  });

  it('goes on from another state, and refuses that of another network', async () => {
    const initial = initialState(options);
    const replica = await openReplica(options, initial, alone());
    await replica.step(batchOf(1), 0.01);
    const after = replica.state;
    const next = (await replica.step(batchOf(2), 0.01)).loss;
    replica.restore(after);
    expect((await replica.step(batchOf(2), 0.01)).loss).toBe(next);
    const vectors = { ...after.vectors, parameters: new Float32Array(3) };
    expect(() => replica.restore({ step: 1, vectors })).toThrow('belongs to another network or optimiser');
    await replica.close();
  });

  it('that fails lets those who wait for it go on with an error', async () => {
    const place = alone();
    const replica = await openReplica(options, initialState(options), place);
    const broken = { ...batchOf(1), examples: new Float32Array(5) };
    await expect(replica.step(broken, 0.01)).rejects.toThrow();
    const other = openSharedMean(place, exchangedLength(options));
    expect(() => other.barrier.wait()).toThrow('Another replica of the network has failed.');
    await replica.close();
  });

  it('says when the loss is no number', async () => {
    const replica = await openReplica(options, initialState(options), alone());
    const batch = batchOf(1);
    batch.examples.fill(Number.NaN);
    await expect(replica.step(batch, 0.01)).rejects.toMatchObject({
      code: 'training-failed',
      message: expect.stringContaining('at step 1. Lower the learning rate'),
    });
    await replica.close();
  });
});
