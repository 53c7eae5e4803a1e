import { z } from 'zod';
import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';
import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { crossEntropy } from './cross-entropy.ts';

export const lossSpec = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('cross-entropy'),
    labelSmoothing: z.number().min(0).max(0.9).default(0),
  }),
  z.strictObject({ type: z.literal('binary-cross-entropy') }),
]);
export type LossSpec = z.output<typeof lossSpec>;

/** Emits the loss that the spec names, a scalar, for `logits` and `targets` of the same shape `[B, K]`. */
export function emitLoss(
  tape: Tape,
  logits: Variable,
  options: { targets: string; spec: LossSpec },
): Variable {
  const { targets, spec } = options;
  switch (spec.type) {
    case 'cross-entropy':
      return crossEntropy(tape, logits, { targets, labelSmoothing: spec.labelSmoothing });
    case 'binary-cross-entropy':
      return binaryCrossEntropy(tape, logits, { targets });
  }
}
