import { AssayError } from '@assay/schema';
import { lostReplica } from './barrier.ts';
import { exchangedLength } from './replica.ts';
import { meanBarrier, meanMemory } from './shared-mean.ts';
import { type Batch, type StepResult, type StepRunnerOptions } from './step-runner.ts';
import { openThreadedTrainer } from './threaded-trainer.ts';
import { type Trainer } from './trainer.ts';
import { type TrainingState } from './training-state.ts';

/**
 * Data-parallel training over cores (Li et al., "PyTorch Distributed", 2020): each replica takes an equal part of every
 * batch, gradients are averaged, each makes the same update. A network without batch norm takes the same steps as with
 * one replica, but for rounding; dropout too, as every part takes its share of the same noise. A batch norm normalises
 * each part by its own mean and variance, and its running statistics are the means of those of the parts.
 *
 * For a fixed number of replicas the results are the same in every run, bit for bit.
 *
 * @throws AssayError `invalid-configuration` if the batch cannot be parted evenly.
 */
export async function openDataParallelTrainer(
  options: StepRunnerOptions,
  start: { initial: TrainingState; replicas: number },
): Promise<Trainer> {
  const { initial, replicas } = start;
  if (options.batchSize % replicas !== 0)
    throw new AssayError(
      'invalid-configuration',
      `dataParallel: a batch of ${options.batchSize} cannot be parted among ${replicas} replicas; expected a multiple of ${replicas}.`,
    );
  const own: StepRunnerOptions = {
    ...options,
    batchSize: options.batchSize / replicas,
    threads: Math.max(1, Math.floor(options.threads / replicas)),
  };
  const shared = meanMemory(exchangedLength(options), replicas);
  const barrier = meanBarrier({ shared, count: replicas });
  const opening = await Promise.allSettled(
    Array.from({ length: replicas }, (_, rank) =>
      openThreadedTrainer({ options: own, initial, place: { shared, rank, count: replicas } }, () =>
        barrier.break(),
      ),
    ),
  );
  const trainers = opening.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (trainers.length < replicas) {
    await Promise.allSettled(trainers.map((trainer) => trainer.close()));
    throw firstCause(opening);
  }
  return {
    async step(batch, learningRate) {
      const parts = partsOf(batch, replicas);
      const steps = await Promise.allSettled(
        trainers.map((trainer, rank) => trainer.step(parts[rank]!, learningRate)),
      );
      const results = steps.flatMap((step) => (step.status === 'fulfilled' ? [step.value] : []));
      if (results.length < replicas) throw firstCause(steps);
      return joined(results);
    },
    snapshot: () => trainers[0]!.snapshot(),
    async restore(state) {
      await Promise.all(trainers.map((trainer) => trainer.restore(state)));
    },
    async close() {
      await Promise.all(trainers.map((trainer) => trainer.close()));
    },
  };
}

/** A batch cut into equal parts, one behind the other. */
function partsOf({ examples, targets }: Batch, count: number): Batch[] {
  const part = (values: Float32Array<ArrayBuffer>, index: number) => {
    const length = values.length / count;
    return values.slice(index * length, (index + 1) * length);
  };
  return Array.from({ length: count }, (_, index) => ({
    examples: part(examples, index),
    targets: part(targets, index),
  }));
}

/** Loss and norm are those of the whole in every replica; the logits are put together again. */
function joined(results: readonly StepResult[]): StepResult {
  const logits = new Float32Array(results.reduce((sum, result) => sum + result.logits.length, 0));
  let offset = 0;
  for (const result of results) {
    logits.set(result.logits, offset);
    offset += result.logits.length;
  }
  return { ...results[0]!, logits };
}

/** Why one failed, not that the others missed it. */
function firstCause(results: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  return reasons.find((reason) => !(reason instanceof Error && reason.message === lostReplica)) ?? reasons[0];
}
