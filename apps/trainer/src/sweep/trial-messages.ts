import type { ProblemCode } from '@assay/schema';
import type { TrialRecord } from '@assay/training-runs';
import type { TrialOrder } from './run-trial.ts';

export type TrialRequest =
  | { readonly kind: 'run'; readonly order: TrialOrder }
  /** Write a checkpoint and answer. */
  | { readonly kind: 'stop' };

/** One answer to each `run`. */
export type TrialResponse =
  | { readonly kind: 'ended'; readonly record: TrialRecord }
  | { readonly kind: 'failed'; readonly code: ProblemCode; readonly message: string };
