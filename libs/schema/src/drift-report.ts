import { z } from 'zod';
import { modelName, modelVersion, sha256 } from './model-manifest.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const time = z.iso.datetime();

/** From `from` up to, not including, `to`; UTC. */
export const reportWindow = z.object({ from: time, to: time });
export type ReportWindow = z.infer<typeof reportWindow>;

/** `insufficient-data`: no drift was found, and one worth seeing could have been missed. */
export const driftVerdict = z.enum(['stable', 'drifted', 'insufficient-data']);
export type DriftVerdict = z.infer<typeof driftVerdict>;

/** What a feature belongs to: the input, the answer, the embedding, or how requests ended and how long they took. */
export const featureGroup = z.enum(['image', 'feature', 'answer', 'score', 'embedding', 'operation']);
export type FeatureGroup = z.infer<typeof featureGroup>;

/** How an effect is measured: Wasserstein distance over the reference's σ; Jensen–Shannon distance (natural log); difference of shares. */
export const effectMeasure = z.enum(['wasserstein', 'jensen-shannon', 'share', 'maximum-mean-discrepancy']);
export type EffectMeasureName = z.infer<typeof effectMeasure>;

/** Reference against current, counted in the same bins. */
export const reportHistogram = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('numeric'),
    /** Ascending; one fewer than bins. The first bin lies below all edges, the last from the last edge on. */
    edges: z.array(z.number()),
    reference: z.array(count),
    current: z.array(count),
  }),
  z.object({
    kind: z.literal('categorical'),
    /** The most frequent names, and `…` for what the others sum up to. */
    names: z.array(z.string()),
    reference: z.array(count),
    current: z.array(count),
  }),
]);
export type ReportHistogram = z.infer<typeof reportHistogram>;

/** What was found of one feature. */
export const featureReport = z.object({
  feature: z.string(),
  group: featureGroup,
  /** Its values, or whether there are any. */
  aspect: z.enum(['values', 'missing']),
  verdict: driftVerdict,
  /** The change in words, for example `−1.4σ: darker`. */
  direction: z.string(),
  measure: effectMeasure,
  /** `null` where the window has no value. */
  effect: z.number().nullable(),
  /** The effect has to reach this. */
  threshold: z.number(),
  /** Before and after Holm's correction over the family. */
  pValue: share,
  adjusted: share,
  /** Reference inputs and records of the window that were compared. */
  reference: count,
  current: count,
  /** The least effect that would be found with the wanted power at this size; `null` where none would. */
  detectable: z.number().nullable(),
  /** How many more records are needed, where data are insufficient and more could help. */
  moreNeeded: count.optional(),
  /** The drifted feature that explains this one: darker images have less contrast, too. */
  follows: z.string().optional(),
  /** Left out where the aspect is `missing`, for MMD and shares, and where there are very many features. */
  histogram: reportHistogram.optional(),
});
export type FeatureReport = z.infer<typeof featureReport>;

/** A share with its 95 % interval. */
export const shareWithInterval = z.object({ share, interval: z.tuple([share, share]), records: count });
export type ShareWithInterval = z.infer<typeof shareWithInterval>;

/** Whether it hurts. Members that cannot be said are left out, `notes` say why. */
export const performanceReport = z.object({
  /** Accuracy on the package's test part. */
  before: shareWithInterval.optional(),
  /** Without labels: mean of the calibrated confidences. */
  expected: shareWithInterval.optional(),
  /** With feedback. */
  realised: shareWithInterval.optional(),
  /** Realised less before, −1 to 1, with its 95 % interval. */
  change: z
    .object({ change: z.number().min(-1).max(1), interval: z.tuple([z.number(), z.number()]) })
    .optional(),
  /** Expected calibration error on the records with feedback, 15 bins, and the package's own. */
  calibrationError: z
    .object({ before: share.optional(), now: share, interval: z.tuple([share, share]) })
    .optional(),
  /** Shares of the labels among the truths, estimated from the predictions alone (black-box shift estimation). */
  labelShift: z
    .array(z.object({ label: z.string(), before: share, now: share, interval: z.tuple([share, share]) }))
    .optional(),
  /** Plain sentences. */
  notes: z.array(z.string()),
});
export type PerformanceReport = z.infer<typeof performanceReport>;

/** A part of the window, judged by itself; p-values corrected over all slices (Benjamini–Hochberg). */
export const sliceReport = z.object({
  /** `client`, `format`, `hour`, `size` or `prediction`. */
  dimension: z.string(),
  /** For example `jpeg`, `14` (the hour of the day, UTC), `≥ 1 MP`. */
  value: z.string(),
  records: count,
  verdict: driftVerdict,
  adjusted: share,
  /** What stands out most in it. */
  feature: z.string().optional(),
  direction: z.string().optional(),
  effect: z.number().nullable().optional(),
  /** What sets it apart from the rest of the window, drifted or not. */
  apart: z.object({ feature: z.string(), direction: z.string(), effect: z.number() }).optional(),
});
export type SliceReport = z.infer<typeof sliceReport>;

/** A record that is typical of the shift. */
export const evidenceRecord = z.object({
  id: z.string(),
  time,
  /** 0 to 1; how much more such a record belongs to the window than to the reference. */
  typicality: share,
  /** In words, for example `image.brightness 31 (reference: 120 ± 30)`. */
  reasons: z.array(z.string()),
  prediction: z.string().optional(),
  confidence: share.optional(),
  /** The values of its features that drifted. */
  values: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** Key of the input in the bucket, where it is kept. */
  image: z.string().optional(),
});
export type EvidenceRecord = z.infer<typeof evidenceRecord>;

/** One step of the window's time line. */
export const timelinePoint = z.object({
  from: time,
  to: time,
  records: count,
  /** Effect in units of the feature's threshold, for the features that the report shows first. */
  effects: z.record(z.string(), z.number().nullable()),
  meanConfidence: share.nullable(),
  /** Requests that were refused, and that failed. */
  refused: count,
  failed: count,
});
export type TimelinePoint = z.infer<typeof timelinePoint>;

/** What made the numbers, apart from the world: a change of these explains a drift by itself. */
export const pipelineFingerprint = z.object({
  /** `model`, `variant` or `preprocessing`. */
  part: z.string(),
  /** For example a version or a digest. */
  value: z.string(),
  records: count,
  from: time,
  to: time,
});
export type PipelineFingerprint = z.infer<typeof pipelineFingerprint>;

/** The window against the same hours of earlier weeks. */
export const seasonalReport = z.object({
  windows: z.array(reportWindow),
  records: count,
  verdict: driftVerdict,
  summary: z.string(),
  /** The features that stand out, without histograms. */
  features: z.array(featureReport.omit({ histogram: true })),
});
export type SeasonalReport = z.infer<typeof seasonalReport>;

export const driftReportSchema = z.object({
  schemaVersion: z.literal(1),
  /** Names the report: the same model, version and window give the same. */
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,200}$/i, 'expected a report id'),
  /** When it was made. */
  time,
  model: z.object({ name: modelName, version: modelVersion }),
  window: reportWindow,
  /** Everything of the window: `answered + refused + failed + cancelled = total`. */
  records: z.object({
    total: count,
    answered: count,
    refused: count,
    failed: count,
    cancelled: count,
    /** Lines that were torn, damaged or of a newer release, and passed over. */
    passedOver: count,
  }),
  reference: z.object({ digest: sha256, inputs: count }),
  verdict: driftVerdict,
  /** The verdict as one plain sentence. */
  summary: z.string().min(1).max(1000),
  /** How many more records would let most features be judged. */
  moreNeeded: count.optional(),
  /** Level of this look, and the budget of its week that it was paid from. */
  alpha: z.object({ level: share, budget: share }),
  /** Drifted ones first, then by effect in units of the threshold; what follows from another one stands behind it. */
  features: z.array(featureReport),
  performance: performanceReport,
  slices: z.array(sliceReport),
  evidence: z.array(evidenceRecord).max(20),
  timeline: z.array(timelinePoint),
  pipeline: z.object({
    fingerprints: z.array(pipelineFingerprint),
    /** Plain sentences on what changed within the window; empty where nothing did. */
    changes: z.array(z.string()),
  }),
  seasonal: seasonalReport.optional(),
  /** What it took: records read from the log, hours taken from profiles that were there, milliseconds. */
  cost: z.object({
    recordsRead: count,
    hoursFromProfiles: count,
    hoursCounted: count,
    milliseconds: z.number().min(0),
  }),
});
/** A drift report. Members may be added within a version: whoever reads lets unknown ones pass. */
export type DriftReport = z.infer<typeof driftReportSchema>;

/** A line of `GET /reports`. */
export const driftReportEntry = driftReportSchema
  .pick({ id: true, time: true, model: true, window: true, verdict: true, summary: true })
  .extend({
    records: count,
    /** Features that drifted, the greatest effect first. */
    drifted: z.array(z.string()),
  });
export type DriftReportEntry = z.infer<typeof driftReportEntry>;

/** Two reports of one model side by side. */
export const driftReportDiff = z.object({
  before: driftReportEntry,
  after: driftReportEntry,
  /** One plain sentence. */
  summary: z.string(),
  /** Features whose verdict changed, or whose effect changed by more than the threshold. */
  features: z.array(
    z.object({
      feature: z.string(),
      aspect: z.enum(['values', 'missing']),
      before: driftVerdict.optional(),
      after: driftVerdict.optional(),
      effectBefore: z.number().nullable().optional(),
      effectAfter: z.number().nullable().optional(),
      direction: z.string(),
    }),
  ),
});
export type DriftReportDiff = z.infer<typeof driftReportDiff>;

/** What another tool with its own defaults would say of the same window. */
export const parityReport = z.object({
  /** For example `evidently 0.7`. */
  tool: z.string(),
  verdict: z.enum(['stable', 'drifted']),
  /** Share of the columns that count as drifted, and the share that makes the data set drifted. */
  driftedShare: share,
  driftShareLimit: share,
  columns: z.array(
    z.object({
      feature: z.string(),
      /** For example `Wasserstein distance (normed)`. */
      test: z.string(),
      score: z.number().nullable(),
      threshold: z.number(),
      drifted: z.boolean(),
      /** Assay's verdict of the same feature. */
      verdict: driftVerdict,
      /** Why they differ; left out where they agree. */
      why: z.string().optional(),
    }),
  ),
});
export type ParityReport = z.infer<typeof parityReport>;
