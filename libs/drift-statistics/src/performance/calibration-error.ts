import { seededRandom } from '@assay/random';
import { AssayError } from '@assay/schema';
import { quantile } from '../sorted-sample.ts';
import type { IntervalOptions } from './expected-accuracy.ts';

/** An answer whose truth became known. */
export interface CheckedAnswer {
  /** Calibrated probability of the answer, 0 to 1. */
  confidence: number;
  right: boolean;
}

export interface CalibrationErrorOptions extends IntervalOptions {
  /** Bins of equal width over 0 to 1; default 10. */
  bins?: number;
  /** Bootstrap samples for the interval; default 500. */
  samples?: number;
  /** Names the stream of random numbers; default 0. */
  seed?: string | number;
}

function error(answers: readonly CheckedAnswer[], bins: number): number {
  const gaps = new Float64Array(bins);
  for (const { confidence, right } of answers)
    gaps[Math.min(bins - 1, Math.floor(confidence * bins))]! += Number(right) - confidence;
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / answers.length;
}

/**
 * Expected calibration error: mean distance of confidence and accuracy over bins of confidence, weighted by their size (Naeini et al. 2015), with a
 * percentile bootstrap interval. It is above 0 by chance alone, the more the fewer records there are.
 *
 * @returns share: the error, 0 to 1.
 * @throws `invalid-sample` without answers, or with a confidence outside 0 to 1.
 */
export function calibrationError(
  answers: readonly CheckedAnswer[],
  options: CalibrationErrorOptions = {},
): { error: number; interval: [low: number, high: number]; records: number } {
  const { bins = 10, samples = 500, seed = 0, coverage = 0.95 } = options;
  if (answers.length === 0)
    throw new AssayError('invalid-sample', 'Expected answers whose truth is known; got none.');
  const wrong = answers.find(({ confidence }) => !(confidence >= 0 && confidence <= 1));
  if (wrong)
    throw new AssayError('invalid-sample', `Expected confidences of 0 to 1; got ${wrong.confidence}.`);
  const random = seededRandom('calibration-error', seed);
  const errors = Float64Array.from({ length: samples }, () =>
    error(
      answers.map(() => answers[random.integer(answers.length)]!),
      bins,
    ),
  ).sort();
  const tail = (1 - coverage) / 2;
  return {
    error: error(answers, bins),
    interval: [quantile(errors, tail), quantile(errors, 1 - tail)],
    records: answers.length,
  };
}
