import { type ProblemCode } from '@assay/schema';
import { type Place } from './shared-mean.ts';
import { type Batch, type StepResult, type StepRunnerOptions } from './step-runner.ts';
import { type TrainingState } from './training-state.ts';

/** What the trainer's worker thread starts with. */
export interface WorkerStart {
  readonly options: StepRunnerOptions;
  readonly initial: TrainingState;
  /** Among the replicas, where there are several. */
  readonly place?: Place | undefined;
}

export type Request =
  | { readonly kind: 'step'; readonly batch: Batch; readonly learningRate: number }
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'restore'; readonly state: TrainingState }
  | { readonly kind: 'close' };

/** Answers come in the order of the requests; one `ready` comes first. */
export type Response =
  | { readonly kind: 'ready' }
  | { readonly kind: 'step'; readonly result: StepResult }
  | { readonly kind: 'snapshot'; readonly state: TrainingState }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: ProblemCode; readonly message: string };
