import type { DriftProfile, PipelineFingerprint, RecordSample } from '@assay/schema';

export const HOUR_MS = 3_600_000;

/** The name of an hour in profiles: `2026-11-20T14`. @param hour Its beginning, milliseconds since 1970. */
export const hourName = (hour: number): string => new Date(hour).toISOString().slice(0, 13);

/** Confidences are summed up as whole numbers of this many to one, so that every order gives the same sum. */
export const CONFIDENCE_UNITS = 1e7;

/** Bins of confidence that feedback is counted in. */
export const FEEDBACK_BINS = 15;

/** Milliseconds; one bin more than edges. */
export const LATENCY_EDGES: readonly number[] = [
  ...[1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700],
  ...[1000, 1500, 2000, 3000, 5000, 7000, 10_000, 30_000],
];

/** A record of a sample, and the key of its input where that is kept. */
export type SampledRecord = RecordSample['records'][number] & { image?: string };

/** The records of an hour whose ids have the lowest random digits, lowest first. */
export interface HourSample {
  records: readonly SampledRecord[];
  /** Whether they are all that the hour has. */
  complete: boolean;
}

/** What the answers and refusals of one hour and one model version come to, without slices and sample. All sums are of whole numbers. */
export interface HourTotals {
  /** Slice `all`. */
  profile: DriftProfile;
  outcomes: { answered: number; refused: number; failed: number; cancelled: number };
  /** Σ confidence and Σ confidence · (1 − confidence), in 1 / {@link CONFIDENCE_UNITS}. */
  confidence: { records: number; sum: number; variance: number };
  /** By bin of {@link LATENCY_EDGES}. */
  latency: readonly number[];
  confusion: readonly { predicted: string; truth: string; count: number }[];
  /** By bin of confidence; `confidence` in 1 / {@link CONFIDENCE_UNITS}. */
  feedback: readonly { records: number; confidence: number; right: number }[];
  fingerprints: readonly PipelineFingerprint[];
  passedOver: number;
}

/** Everything that is counted of one hour and one model version. */
export interface HourCounts {
  /** Its beginning. Milliseconds since 1970. */
  hour: number;
  totals: HourTotals;
  /** By dimension the most frequent values: `format=jpeg`. */
  slices: readonly DriftProfile[];
  sample: HourSample;
  /** Of the ids of all predictions of the model in this hour, any version. */
  digest: string;
  /** Predictions of the model that were read, any version. */
  read: number;
}
