import { z } from 'zod';
import { modelName, modelVersion, sha256 } from './model-manifest.ts';
import { nameCounts } from './name-counts.ts';

const count = z.int().min(0);

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
/** Checked in one loop: the profiles of a month hold millions of bins. */
const histogram = z.custom<number[]>(
  (value) => Array.isArray(value) && value.length > 0 && value.every(isCount),
  'expected whole numbers from 0, one for each bin',
);

/** Numbers of one window, counted in the frozen bins of the reference. */
export const numericCounts = z.strictObject({
  kind: z.literal('numeric'),
  /** Records without a number, or with NaN. */
  missing: count,
  /** Records with ±∞. */
  infinite: count,
  /** By bin: the first is the underflow, below all edges; the last the overflow, from the last edge on. */
  counts: histogram,
  /**
   * Sum over the finite values of how far each lies from the reference's mean, in 1 / 65,536 of the reference's scale, rounded to a
   * whole number and held to ±64 scales: the mean, exact however it was added up.
   */
  sum: z.int(),
});
export type NumericCounts = z.infer<typeof numericCounts>;

/** Names of one window, counted. */
export const categoricalCounts = z.strictObject({
  kind: z.literal('categorical'),
  /** Records without a name. */
  missing: count,
  counts: nameCounts,
});
export type CategoricalCounts = z.infer<typeof categoricalCounts>;

/** An hour, UTC, as it stands in the names of log objects with a `T` between: `2026-11-20T14`. */
export const hour = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}$/, 'expected an hour such as 2026-11-20T14');

export const driftProfile = z.strictObject({
  schemaVersion: z.literal(1),
  model: modelName,
  version: modelVersion,
  /** `all`, or what the records have in common, for example `format=jpeg`. */
  slice: z.string().min(1),
  /** Digest of the reference's bins: only counts over the same bins add up. */
  reference: sha256,
  /** Objects whose records were counted, ascending; none is counted twice. */
  sources: z.array(z.string().min(1)).min(1),
  /** First and last hour. */
  from: hour,
  to: hour,
  records: count,
  features: z.record(z.string(), z.discriminatedUnion('kind', [numericCounts, categoricalCounts])),
});
/** What the records of a window were like, in whole numbers: profiles of disjoint sources add up exactly, in any order. */
export type DriftProfile = z.infer<typeof driftProfile>;

const cell = z.union([z.number(), z.string(), z.null()]);

export const recordSample = z.strictObject({
  schemaVersion: z.literal(1),
  /** Names the hash that orders the ids. */
  seed: z.string(),
  /** At most this many records are kept. */
  capacity: z.int().min(1),
  /** Names of the values. */
  columns: z.array(z.string()),
  /** The records whose ids hash lowest, by hash; values by column, `null` where one is missing. */
  records: z.array(z.strictObject({ id: z.string().min(1), values: z.array(cell) })),
});
/** A uniform sample of records that is the same however they were spread over shards. */
export type RecordSample = z.infer<typeof recordSample>;
