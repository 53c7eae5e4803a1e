import type { Outcome } from './run-requests.ts';
import type { SessionInput } from './session.ts';
import type { Failure } from './session-fault.ts';
import type { SessionOptions } from './session-options.ts';
import type { Tensors } from './tensor.ts';

/** What a session in a thread is opened with. */
export interface SessionSettings {
  /** Path of the ONNX file. */
  readonly model: string;
  readonly session: SessionOptions;
  /** Run once before the session counts as ready. */
  readonly warmUp?: Tensors;
}

/** What a thread of sessions is told; sessions go by numbers that are never used again. */
export type ToThread =
  | { readonly kind: 'open'; readonly session: number; readonly settings: SessionSettings }
  | {
      readonly kind: 'run';
      readonly session: number;
      readonly requests: readonly Tensors[];
      readonly outputs?: readonly string[];
    }
  | { readonly kind: 'close'; readonly session: number }
  | { readonly kind: 'end' };

/** What it answers, one answer to each message but the last. */
export type Answer =
  | { readonly kind: 'ready'; readonly inputs: readonly SessionInput[]; readonly outputs: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'done'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'closed' };

export interface FromThread {
  readonly session: number;
  readonly answer: Answer;
}
