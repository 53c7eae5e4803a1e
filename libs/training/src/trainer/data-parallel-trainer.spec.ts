import { seededRandom } from '@assay/random';
import { describe, expect, it, jest } from '@jest/globals';
import { lossSpec } from '../losses/loss.ts';
import { networkSpec, type NetworkSpecInput } from '../network/network-spec.ts';
import { optimiserSpec } from '../optimisers/optimiser.ts';
import { openBarrier } from './barrier.ts';
import { initialState } from './initial-state.ts';
import { openTrainer } from './open-trainer.ts';
import { openStepRunner } from './run-step.ts';
import { type Batch, type StepResult, type StepRunnerOptions } from './step-runner.ts';
import { parseState, serialiseState, type TrainingState } from './training-state.ts';

// Each test starts several threads, which takes long on a busy machine.
jest.setTimeout(120_000);

const batchSize = 12;
const side = 6;
const [conv, linear] = [
  { type: 'conv' as const, channels: 5 },
  { type: 'linear' as const, units: 3 },
];

function optionsOf(
  layers: NetworkSpecInput['layers'],
  optimiser: Parameters<typeof optimiserSpec.parse>[0],
): StepRunnerOptions {
  return {
    network: networkSpec.parse({ input: { kind: 'image', height: side, width: side, channels: 3 }, layers }),
    batchSize,
    loss: lossSpec.parse({ type: 'cross-entropy', labelSmoothing: 0.1 }),
    optimiser: optimiserSpec.parse(optimiser),
    average: true,
    averageDecay: 0.9,
    seed: 5,
    threads: 1,
  };
}

const plain = optionsOf(
  [
    conv,
    { type: 'relu' },
    { type: 'dropout', rate: 0.3 },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.2 },
    linear,
  ],
  { type: 'adamw', weightDecay: 0.01, clipNorm: 0.5 },
);
const normalised = optionsOf(
  [conv, { type: 'batch-norm' }, { type: 'relu' }, { type: 'global-average-pool' }, linear],
  { type: 'sgd', momentum: 0.9, weightDecay: 0.01 },
);

function batchOf(step: number): Batch {
  const random = seededRandom('parallel', step);
  const examples = Float32Array.from({ length: batchSize * side * side * 3 }, () => random.normal());
  const targets = new Float32Array(batchSize * 3);
  for (let row = 0; row < batchSize; row++) targets[3 * row + random.integer(3)] = 1;
  return { examples, targets };
}

async function train(
  options: StepRunnerOptions,
  run: { dataParallel: number; steps: readonly number[]; from?: TrainingState },
) {
  const trainer = await openTrainer(
    { ...options, dataParallel: run.dataParallel },
    run.from ?? initialState(options),
  );
  const results: StepResult[] = [];
  for (const step of run.steps) results.push(await trainer.step(batchOf(step), 0.01));
  const state = await trainer.snapshot();
  await trainer.close();
  return { results, state };
}

/** Largest difference of any value, relative to the largest value of its vector. */
function difference(first: TrainingState, second: TrainingState): number {
  expect(Object.keys(first.vectors).sort()).toEqual(Object.keys(second.vectors).sort());
  return Math.max(
    ...Object.entries(first.vectors).map(([name, values]) => {
      const others = second.vectors[name]!;
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return values.reduce((most, value, i) => Math.max(most, Math.abs(value - others[i]!)), 0) / largest;
    }),
  );
}

describe('data-parallel training', () => {
  it.each([2, 3])('takes the steps of one replica with %d of them, within 1e-5', async (dataParallel) => {
    const steps = [0, 1, 2, 3, 4, 5];
    const [alone, together] = [
      await train(plain, { dataParallel: 1, steps }),
      await train(plain, { dataParallel, steps }),
    ];
    expect(difference(together.state, alone.state)).toBeLessThan(1e-5);
    for (const [step, result] of together.results.entries()) {
      const expected = alone.results[step]!;
      expect(result.loss).toBeCloseTo(expected.loss, 5);
      expect(result.gradientNorm).toBeCloseTo(expected.gradientNorm, 5);
      expect(result.logits).toHaveLength(expected.logits.length);
      result.logits.forEach((logit, index) => expect(logit).toBeCloseTo(expected.logits[index]!, 4));
    }
  });

  it('with batch norm equals ghost batches: the mean of what each part alone would have led to', async () => {
    // SGD with momentum and decay is linear in the gradient, so that the mean of the states after each part's step is
    // the state after the step by the mean gradient; the running statistics are means as well.
    const parts = 2;
    const size = batchSize / parts;
    const options = { ...normalised, average: false };
    const runner = await openStepRunner({ ...options, batchSize: size }, initialState(options));
    let expected = initialState(options);
    for (let step = 0; step < 4; step++) {
      const { examples, targets } = batchOf(step);
      const after: TrainingState[] = [];
      for (let part = 0; part < parts; part++) {
        runner.restore(expected);
        const cut = (values: Float32Array<ArrayBuffer>) =>
          values.slice((part * values.length) / parts, ((part + 1) * values.length) / parts);
        await runner.step({ examples: cut(examples), targets: cut(targets) }, 0.01);
        after.push(runner.state);
      }
      expected = {
        step: step + 1,
        vectors: Object.fromEntries(
          Object.keys(expected.vectors).map((name) => [
            name,
            expected.vectors[name]!.map(
              (_, i) => (after[0]!.vectors[name]![i]! + after[1]!.vectors[name]![i]!) / 2,
            ),
          ]),
        ),
      };
    }
    await runner.close();
    const { state } = await train(options, { dataParallel: parts, steps: [0, 1, 2, 3] });
    expect(difference(state, expected)).toBeLessThan(1e-5);
    // The statistics of the parts are not those of the whole batch.
    const whole = await train(options, { dataParallel: 1, steps: [0, 1, 2, 3] });
    expect(difference(state, whole.state)).toBeGreaterThan(1e-3);
  });

  it('gives the same state in every run, and resumed from a checkpoint, bit for bit', async () => {
    const whole = await train(normalised, { dataParallel: 3, steps: [0, 1, 2, 3] });
    const again = await train(normalised, { dataParallel: 3, steps: [0, 1, 2, 3] });
    expect(serialiseState(again.state)).toEqual(serialiseState(whole.state));
    const half = await train(normalised, { dataParallel: 3, steps: [0, 1] });
    const from = parseState(serialiseState(half.state));
    const resumed = await train(normalised, { dataParallel: 3, steps: [2, 3], from });
    expect(serialiseState(resumed.state)).toEqual(serialiseState(whole.state));
  });

  it('can be taken back to an earlier state', async () => {
    const trainer = await openTrainer({ ...plain, dataParallel: 2 }, initialState(plain));
    await trainer.step(batchOf(0), 0.01);
    const kept = await trainer.snapshot();
    const { loss } = await trainer.step(batchOf(1), 0.01);
    await trainer.restore(kept);
    expect((await trainer.step(batchOf(1), 0.01)).loss).toBe(loss);
    await trainer.close();
  });

  it('stops with advice when the loss of one part is no number', async () => {
    const trainer = await openTrainer({ ...plain, dataParallel: 2 }, initialState(plain));
    const batch = batchOf(0);
    batch.examples[0] = Number.NaN;
    await expect(trainer.step(batch, 0.01)).rejects.toThrow(/loss became NaN at step 1.*learning rate/);
    await trainer.close();
  });

  it('says what is wrong with a part instead of waiting for it for ever', async () => {
    const trainer = await openTrainer({ ...plain, dataParallel: 2 }, initialState(plain));
    const { examples, targets } = batchOf(0);
    // The first part is one value short, the second is whole.
    await expect(trainer.step({ examples: examples.slice(1), targets }, 0.01)).rejects.toThrow('examples');
    await trainer.close();
  });

  it('refuses a batch that cannot be parted evenly', async () => {
    await expect(openTrainer({ ...plain, dataParallel: 5 }, initialState(plain))).rejects.toMatchObject({
      code: 'invalid-configuration',
      message: expect.stringContaining('a batch of 12 cannot be parted among 5 replicas'),
    });
  });
});

describe('a barrier', () => {
  it('lets nobody wait once it is broken', () => {
    const barrier = openBarrier(new SharedArrayBuffer(12), 2);
    barrier.break();
    expect(() => barrier.wait()).toThrow('Another replica of the network has failed');
  });
});
