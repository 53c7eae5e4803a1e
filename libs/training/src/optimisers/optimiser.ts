import { z } from 'zod';
import { type Tape } from '../tape/tape.ts';

const rate = z.number().min(0);
const shared = {
  /** Added to the gradient (SGD, Adam) or taken off the weights directly (AdamW); matrices only, not biases and norms. */
  weightDecay: rate.default(0),
  /** Largest Euclidean norm of the whole gradient; longer ones are shortened to it. */
  clipNorm: z.number().positive().optional(),
};
const adaptive = {
  beta1: rate.max(0.999999).default(0.9),
  beta2: rate.max(0.999999).default(0.999),
  epsilon: z.number().positive().default(1e-8),
  ...shared,
};

export const optimiserSpec = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('sgd'),
    momentum: rate.max(0.999999).default(0.9),
    nesterov: z.boolean().default(false),
    ...shared,
  }),
  z.strictObject({ type: z.literal('adam'), ...adaptive }),
  z.strictObject({ type: z.literal('adamw'), ...adaptive }),
]);
export type OptimiserSpec = z.output<typeof optimiserSpec>;

/** Tensor names of one update, all vectors `[P]` over all parameters laid end to end, and scalars. */
export interface UpdateInputs {
  readonly weights: string;
  readonly gradient: string;
  /** The optimiser's memory, as many as {@link momentCount}. */
  readonly moments: readonly string[];
  /** Scalar. */
  readonly learningRate: string;
  /** Scalars `1 - beta1^t` and `1 - beta2^t` for step t = 1, 2, …; see {@link biasCorrections}. */
  readonly corrections: readonly [string, string];
  /** `[P]`, 1 where weight decay applies; absent where it applies nowhere. */
  readonly decayMask?: string;
}

/** Weights and moments after the update. */
export interface UpdateOutputs {
  readonly weights: string;
  readonly moments: readonly string[];
}

export type Update<Spec> = (tape: Tape, inputs: UpdateInputs, spec: Spec) => UpdateOutputs;

/** Vectors of memory per parameter. */
export function momentCount(spec: OptimiserSpec): number {
  return spec.type === 'sgd' ? 1 : 2;
}

/** Corrections for moments that start at zero (Kingma & Ba 2015), computed in float64. `step` counts from 1. */
export function biasCorrections(spec: OptimiserSpec, step: number): [number, number] {
  return spec.type === 'sgd' ? [1, 1] : [1 - spec.beta1 ** step, 1 - spec.beta2 ** step];
}
