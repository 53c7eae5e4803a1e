import { type StepSpec } from './step-spec.ts';
import { type TrainingState } from './training-state.ts';

/** One batch; row-major, channels innermost. */
export interface Batch {
  /** `[B, H, W, C]` or `[B, F]`, normalised. */
  readonly examples: Float32Array<ArrayBuffer>;
  /** `[B, K]`, class probabilities. */
  readonly targets: Float32Array<ArrayBuffer>;
}

export interface StepResult {
  /** Mean loss over the batch, before the update. */
  readonly loss: number;
  /** `[B, K]`, before the update. */
  readonly logits: Float32Array;
  /** Euclidean norm of the gradient, before clipping. */
  readonly gradientNorm: number;
}

export interface StepRunnerOptions extends StepSpec {
  readonly seed: number;
  /** Threads inside one operator. */
  readonly threads: number;
  /** Decay of the weight average; see `averageKeep`. */
  readonly averageDecay: number;
  /** Notes the time of every operator under this name: `profile` of the options of `@assay/model-runtime`'s sessions. */
  readonly profile?: string;
}

/** The training step, run in this thread; it holds the state. */
export interface StepRunner {
  step(batch: Batch, learningRate: number): Promise<StepResult>;
  readonly state: TrainingState;
  restore(state: TrainingState): void;
  close(): Promise<void>;
}
