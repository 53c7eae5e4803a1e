import { z } from 'zod';
import { modelName, modelVersion } from './model-manifest.ts';

/** Data of the event `assay.model.promoted.v1`: an alias of a model stands for another version now. */
export const modelPromotedSchema = z.object({
  model: modelName,
  alias: z.enum(['champion', 'challenger']),
  /** What the alias stands for now. */
  version: modelVersion,
  /** What it stood for before, where it was set. */
  previous: modelVersion.optional(),
});
export type ModelPromoted = z.infer<typeof modelPromotedSchema>;

/** Data of the event `assay.drift.reported.v1`: the gist of one report. */
export const driftReportedSchema = z.object({
  /** Name of the report, with which `GET /reports/{id}` gives all of it. */
  report: z.string().min(1).max(256),
  model: z.object({ name: modelName, version: modelVersion }),
  /** The predictions looked at: from `from` up to, not including, `to`. UTC. */
  window: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  verdict: z.enum(['stable', 'drifted', 'insufficient-data']),
  /** The verdict as one plain sentence. */
  summary: z.string().min(1).max(1000),
  /** Features that drifted, the greatest effect first. */
  features: z.array(z.string().min(1).max(128)).max(100),
});
export type DriftReported = z.infer<typeof driftReportedSchema>;
