import { z } from 'zod';

const count = z.int().min(0);
/** NaN is written as null. */
const figure = z.number().nullable();

/** Names of folders that runs and sweeps have. */
export const runId = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.-]{0,199}$/,
    'expected letters, digits, dots, hyphens, as a folder of a run is named',
  );

/** `interrupted`: its process is gone without a word. */
export const trainingRunState = z.enum(['running', 'finished', 'stopped', 'failed', 'interrupted']);
export type TrainingRunState = z.infer<typeof trainingRunState>;

/** What a checkpoint is the best in. */
const metric = z.enum(['accuracy', 'auroc', 'logLoss']);

export const trainingRunEntry = z.strictObject({
  id: runId,
  startedAt: z.string(),
  state: trainingRunState,
  epochs: count.describe('That are done'),
  plannedEpochs: count.optional(),
  metric: metric.describe('What the best epoch is the best in, on the validation part'),
  best: z.strictObject({ epoch: count, value: z.number() }).optional(),
  seconds: z.number().min(0).describe('Training time so far'),
  datasetDigest: z.string(),
  gitCommit: z.string().optional(),
});
/** A line of `GET /api/runs`. */
export type TrainingRunEntry = z.infer<typeof trainingRunEntry>;

export const trainingRunList = z.strictObject({
  runs: z.array(trainingRunEntry).describe('The latest first'),
  unreadable: z.array(z.string()).describe('Folders that look like runs and cannot be read'),
});
/** Answer of `GET /api/runs`. */
export type TrainingRunList = z.infer<typeof trainingRunList>;

export const trainingRun = trainingRunEntry.extend({
  command: z.string(),
  settings: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .describe('The configuration, by dotted key'),
  curve: z
    .array(
      z.strictObject({
        epoch: count,
        loss: figure.describe('Mean over the training batches'),
        accuracy: figure.describe('On the training batches'),
        learningRate: figure,
        validation: z.record(z.string(), figure).optional().describe('Where it was looked at'),
      }),
    )
    .describe('Epoch by epoch'),
});
/** Answer of `GET /api/runs/{id}`. */
export type TrainingRun = z.infer<typeof trainingRun>;

export const sweepEntry = z.strictObject({
  id: runId,
  metric,
  trials: count.describe('That were begun'),
  ended: count,
  best: count.optional().describe('Number of the best trial, once the command has ended'),
  verdict: z.string().optional().describe('The outcome in words, once the command has ended'),
});
/** A line of `GET /api/sweeps`. */
export type SweepEntry = z.infer<typeof sweepEntry>;

export const sweepList = z.strictObject({
  sweeps: z.array(sweepEntry).describe('By name'),
  unreadable: z.array(z.string()).describe('Folders that look like sweeps and cannot be read'),
});
/** Answer of `GET /api/sweeps`. */
export type SweepList = z.infer<typeof sweepList>;

export const sweepDetails = sweepEntry.omit({ trials: true }).extend({
  parameters: z.array(
    z.strictObject({
      key: z.string(),
      isLogarithmic: z.boolean().describe('Spread over orders of magnitude'),
    }),
  ),
  trials: z
    .array(
      z.strictObject({
        trial: count.describe('0 is the default configuration'),
        status: z.enum(['running', 'finished', 'stopped', 'failed']),
        values: z
          .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
          .describe('By key; lists as JSON'),
        value: figure.optional().describe('The best on the validation part'),
        epoch: count.optional(),
        seconds: z.number().optional(),
        reason: z.string().optional().describe('Why it failed'),
      }),
    )
    .describe('In the order of their numbers'),
});
/** Answer of `GET /api/sweeps/{id}`. */
export type SweepDetails = z.infer<typeof sweepDetails>;
