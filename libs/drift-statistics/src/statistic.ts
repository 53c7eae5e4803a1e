import { AssayError } from '@assay/schema';

/** What a hypothesis test answers. Both numbers are NaN where the test says nothing (a sample is too small or holds NaN). */
export interface TestResult {
  /** The test statistic; its range stands at each test. */
  statistic: number;
  /** Probability, under equal distributions, of a statistic at least as extreme; 0 to 1. */
  pValue: number;
  /** Level at or below which `pValue` is called significant; 0.05 unless it was given. */
  threshold: number;
}

/** How far two distributions lie apart. */
export interface DistanceResult {
  /** The distance; its range stands at each distance. */
  statistic: number;
  /** Value from which on the distance is called a drift; each distance declares its default. */
  threshold: number;
}

/** Options that every statistic takes. */
export interface ThresholdOption {
  /** Recorded in the result; see {@link TestResult.threshold} and {@link DistanceResult.threshold}. */
  threshold?: number | undefined;
}

/** Which departure a test looks for, in the words of scipy: `greater` speaks of the reference against the current sample. */
export type Alternative = 'two-sided' | 'less' | 'greater';

/** Significance level of the tests where none is given. */
export const DEFAULT_SIGNIFICANCE = 0.05;

/** The refusal of a sample that a statistic is not defined for. */
export function invalidSample(detail: string): AssayError {
  return new AssayError('invalid-sample', detail);
}
