import type { FrozenReference } from '@assay/drift-statistics';
import type {
  DriftProfile,
  ModelManifest,
  PipelineFingerprint,
  RecordSample,
  ReportWindow,
} from '@assay/schema';

/** How the requests of one hour ended. */
export interface HourOutcomes {
  /** Start of the hour, UTC, for example `2026-11-20T14`. */
  hour: string;
  answered: number;
  refused: number;
  failed: number;
  cancelled: number;
}

/** Answers of one hour and their calibrated confidences. */
export interface HourConfidence {
  hour: string;
  records: number;
  /** Σ confidence, and Σ confidence · (1 − confidence): mean and variance of the number of right answers. */
  sum: number;
  variance: number;
}

/** Answers whose truth is known, by their confidence: bin `i` of 15 is (i/15, (i+1)/15]. */
export interface FeedbackBin {
  records: number;
  /** Σ confidence. */
  confidence: number;
  right: number;
}

/** How long answers took: counts over `edges` (milliseconds, ascending; one bin more than edges). */
export interface LatencyCounts {
  edges: readonly number[];
  counts: readonly number[];
}

/** A stretch of time in numbers that add up. */
export interface WindowCounts {
  window: ReportWindow;
  /** Of all answers: slice `all`. */
  profile: DriftProfile;
  outcomes: readonly HourOutcomes[];
  confidence: readonly HourConfidence[];
  latency: LatencyCounts;
}

/** Everything that a report is made of. Nothing in it depends on how many records there are but `sample`, which is bounded. */
export interface DriftWindow extends WindowCounts {
  manifest: ModelManifest;
  reference: FrozenReference;
  /** Inputs of the reference with their values, where the package holds them (`reference-sample.json`). */
  referenceSample: RecordSample | undefined;
  /** The profile of each hour with answers, slice `all`, earliest first. */
  hours: readonly DriftProfile[];
  /**
   * Profiles by slice, named `<dimension>=<value>`; dimensions `client`, `format`, `hour` (of the day, UTC), `size`, `prediction`.
   * The 20 most frequent values of each dimension.
   */
  slices: ReadonlyMap<string, DriftProfile>;
  /** At most 10,000 answers with the values of all features (columns named as in the reference) and `time`. */
  sample: RecordSample;
  /** Keys of kept inputs in the bucket, by record id; those of the sample only. */
  images: ReadonlyMap<string, string>;
  /** How often each label was predicted where feedback says each label. */
  confusion: readonly { predicted: string; truth: string; count: number }[];
  /** 15 bins of records with feedback. */
  feedback: readonly FeedbackBin[];
  fingerprints: readonly PipelineFingerprint[];
  /** Lines that were passed over: torn, damaged, newer. */
  passedOver: number;
  /** The seven days before the window, where the log has any: what error rates and latencies are held against. */
  before: WindowCounts | undefined;
  /** The same hours of up to four earlier weeks, where the log has any. */
  season: readonly WindowCounts[];
  cost: { recordsRead: number; hoursFromProfiles: number; hoursCounted: number };
}

/** Which window of which model. */
export interface WindowQuery {
  model: string;
  /** Default: the champion. */
  version?: string | undefined;
  /** Whole hours: `from` is rounded down, `to` up, except that a `to` in the current hour stays. */
  window: { from: Date; to: Date };
}

/** Windows of the log, held against the reference of a model. */
export interface DriftWindows {
  /**
   * Counts what the log has of a window. Hours that are over and were counted before come from their profiles in the bucket.
   *
   * @throws AssayError `unknown-model`, `unknown-version`; `no-reference-profile` where the package has none; what the log and the store throw
   */
  read(query: WindowQuery): Promise<DriftWindow>;
}
