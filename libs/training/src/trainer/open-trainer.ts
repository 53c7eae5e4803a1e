import { openDataParallelTrainer } from './data-parallel-trainer.ts';
import { openStepRunner } from './run-step.ts';
import { type StepRunner } from './step-runner.ts';
import { openThreadedTrainer } from './threaded-trainer.ts';
import { type Trainer, type TrainerOptions } from './trainer.ts';
import { type TrainingState } from './training-state.ts';

/**
 * Compiles the step, and starts its thread or threads.
 *
 * @throws AssayError when the network or its state does not fit, or a batch cannot be parted evenly
 */
export async function openTrainer(options: TrainerOptions, initial: TrainingState): Promise<Trainer> {
  const { ownThread = true, dataParallel = 1, ...step } = options;
  if (dataParallel > 1) return await openDataParallelTrainer(step, { initial, replicas: dataParallel });
  return ownThread
    ? await openThreadedTrainer({ options: step, initial })
    : asTrainer(await openStepRunner(step, initial));
}

/** A runner of steps as a trainer. Its state is replaced, never written to, so that it is its own copy. */
function asTrainer(runner: StepRunner): Trainer {
  return {
    step: (batch, learningRate) => runner.step(batch, learningRate),
    snapshot: () => Promise.resolve(runner.state),
    restore: (state) => {
      runner.restore(state);
      return Promise.resolve();
    },
    close: () => runner.close(),
  };
}
