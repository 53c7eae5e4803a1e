import { type Batch, type StepResult, type StepRunnerOptions } from './step-runner.ts';
import { type TrainingState } from './training-state.ts';

/** What `openTrainer` is told. */
export interface TrainerOptions extends StepRunnerOptions {
  /**
   * Whether steps run in a thread of their own, so that the caller can prepare the next batch meanwhile. Default
   * true; false for steps that take less time than the way to another thread and back, about 0.2 ms.
   */
  readonly ownThread?: boolean;
  /**
   * Replicas of the network, each in a thread of its own and on its part of every batch, whose gradients are averaged.
   * Default 1. They share `threads` between them. Batch norms normalise each part by its own statistics.
   */
  readonly dataParallel?: number;
}

/** A network in training. */
export interface Trainer {
  /**
   * Forward, backward, update.
   *
   * @param batch handed over: its buffers cannot be used afterwards
   * @throws AssayError `training-failed` when the loss is no longer finite
   */
  step(batch: Batch, learningRate: number): Promise<StepResult>;
  /** A copy of the state after the steps so far. */
  snapshot(): Promise<TrainingState>;
  /** Continues from another state of the same network and optimiser. */
  restore(state: TrainingState): Promise<void>;
  /** Lets the running step end, then ends the thread. */
  close(): Promise<void>;
}
