import { z } from 'zod';
import { reportWindow } from './drift-report.ts';
import { modelName } from './model-manifest.ts';

const time = z.iso.datetime();

/** What people are told: a drift began, spread to another feature, goes on (daily at most), is over. */
export const alertKind = z.enum(['alarm', 'spread', 'reminder', 'all-clear']);
export type AlertKind = z.infer<typeof alertKind>;

/** One thing that people were told, or are to be told. */
export const driftNotice = z.object({
  kind: alertKind,
  time,
  /** The report that gave rise to it. */
  report: z.string(),
  window: reportWindow,
  /** Its verdict as one plain sentence. */
  summary: z.string(),
  /** Features that drifted, the greatest effect first; those of the drift that is over for an all-clear. */
  features: z.array(z.string()),
  /** `none`: there is nobody to send it to. */
  delivery: z.enum(['none', 'pending', 'delivered', 'failed']),
});
export type DriftNotice = z.infer<typeof driftNotice>;

/** Whether a model's drift is on, and what was told of it. */
export const driftAlert = z.object({
  schemaVersion: z.literal(1),
  model: modelName,
  status: z.enum(['clear', 'alarm']),
  /** When it became so. */
  since: time,
  /** Features that people were told of in the drift that is on. */
  features: z.array(z.string()),
  /** Stable reports since the last that had drifted, while the drift is on. */
  stableInARow: z.int().min(0),
  /** The last report that was taken into account. */
  report: z.string(),
  window: reportWindow,
  /** The latest first, 50 at most. */
  history: z.array(driftNotice).max(50),
});
export type DriftAlert = z.infer<typeof driftAlert>;

/** Answer of `GET /alerts`: by model. */
export const driftAlertList = z.strictObject({ alerts: z.array(driftAlert) });
export type DriftAlertList = z.infer<typeof driftAlertList>;
