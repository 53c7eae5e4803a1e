import { z } from 'zod';

/** What is remembered of a trial. */
export const trialRecord = z.strictObject({
  /** 0 is the default configuration. */
  trial: z.int().min(0),
  /** By dotted key; of the default configuration, those it has within the limits of the sweep. */
  values: z.record(z.string(), z.json()),
  /** `stopped` early because others did better; `failed` as its loss was no number or its values do not fit. */
  status: z.enum(['running', 'finished', 'stopped', 'failed']),
  /** Numbers of the trials whose results the values were chosen by. */
  seen: z.array(z.int()),
  /** The best validation. NaN is written as null. */
  best: z
    .strictObject({ epoch: z.int(), value: z.number().nullable(), logLoss: z.number().nullable() })
    .optional(),
  /** What was achieved on the validation part, in the order of epochs. */
  points: z.array(z.strictObject({ epoch: z.int(), value: z.number().nullable() })).default([]),
  /** Training time. */
  seconds: z.number().optional(),
  /** Why it failed. */
  reason: z.string().optional(),
});
export type TrialRecord = z.output<typeof trialRecord>;

/** Whether there is nothing left to do for a trial. */
export function hasEnded({ status }: TrialRecord): boolean {
  return status !== 'running';
}
