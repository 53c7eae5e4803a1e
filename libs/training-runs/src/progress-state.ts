import { z } from 'zod';

const best = z.strictObject({
  epoch: z.int(),
  value: z.number(),
  logLoss: z.number(),
  stateFile: z.string(),
});

/** How far a run is: with the weights beside it, all that going on needs. */
export const progressState = z.strictObject({
  /** The next step to take: epoch from 0, step within it from 0. */
  epoch: z.int().min(0),
  step: z.int().min(0),
  /** Sums over the steps of the epoch that is under way. */
  sums: z.strictObject({ loss: z.number(), right: z.number(), rows: z.number() }),
  /** The best checkpoint so far, and the validations since. */
  best: best.optional(),
  stale: z.int().min(0),
  /** Training time so far, over all sessions of the run. */
  seconds: z.number().min(0),
  /** File with the weights and the optimiser's memory. */
  stateFile: z.string(),
  finished: z.boolean(),
});
export type ProgressState = z.infer<typeof progressState>;
