import { normalCritical } from '../special-functions/normal.ts';
import { AssayError } from '@assay/schema';

/** A share with an interval. */
export interface ShareEstimate {
  /** 0 to 1. */
  share: number;
  /** Where it lies with the wanted probability, 0 to 1. */
  interval: [low: number, high: number];
  /** Records that it was taken from. */
  records: number;
}

export interface IntervalOptions {
  /** Probability of the interval, 0 to 1; default 0.95. */
  coverage?: number;
}

/**
 * Accuracy that a window will turn out to have, without labels: the mean of the calibrated confidences ("CBPE", NannyML; Guillory et al. 2021
 * as average confidence). Each answer is right with its confidence, so that the number of right ones is a Poisson binomial variable; the
 * interval is its normal approximation. It holds as far as the calibration does: a change of what inputs mean is not seen.
 *
 * @param confidences Calibrated probability of each answer, 0 to 1; NaN is passed over.
 * @throws `invalid-sample` without confidences, or with one outside 0 to 1.
 */
export function expectedAccuracy(
  confidences: Iterable<number>,
  options: IntervalOptions = {},
): ShareEstimate {
  let records = 0;
  let sum = 0;
  let variance = 0;
  for (const confidence of confidences) {
    if (Number.isNaN(confidence)) continue;
    if (!(confidence >= 0 && confidence <= 1))
      throw new AssayError('invalid-sample', `Expected confidences of 0 to 1; got ${confidence}.`);
    records++;
    sum += confidence;
    variance += confidence * (1 - confidence);
  }
  return expectedAccuracyOfSums({ records, sum, variance }, options);
}

/** What confidences add up to. */
export interface ConfidenceSums {
  records: number;
  /** Σ p and Σ p (1 − p): mean and variance of the number of right answers. */
  sum: number;
  variance: number;
}

/**
 * {@link expectedAccuracy} of confidences that were added up, for example by hour.
 *
 * @throws `invalid-sample` without records.
 */
export function expectedAccuracyOfSums(
  { records, sum, variance }: ConfidenceSums,
  options: IntervalOptions = {},
): ShareEstimate {
  if (records === 0)
    throw new AssayError(
      'invalid-sample',
      'Expected confidences; got none: nothing can be expected of an empty window.',
    );
  const share = Math.min(1, sum / records);
  const reach =
    (normalCritical((1 - (options.coverage ?? 0.95)) / 2) * Math.sqrt(Math.max(0, variance))) / records;
  return { share, interval: [Math.max(0, share - reach), Math.min(1, share + reach)], records };
}
