import { chiSquareSurvival } from '../special-functions/chi-square.ts';
import { DEFAULT_SIGNIFICANCE, invalidSample, type TestResult, type ThresholdOption } from '../statistic.ts';
import { checkCounts, total } from '../counts.ts';

/** Relative difference of two sums that is taken for rounding: √ε of float64, as in scipy. */
const SUM_TOLERANCE = 1.49e-8;

export interface GoodnessOfFitOptions extends ThresholdOption {
  /** Scale the expected counts to the sum of the observed ones (default); otherwise the sums have to agree. */
  rescale?: boolean;
  statistic?: 'pearson' | 'g';
}

/**
 * χ² goodness of fit of the current counts to the reference's shares, k − 1 degrees of freedom (Pearson 1900). It takes the reference
 * for the truth: where that is a sample of about the same size, half of all tests are false alarms; see
 * {@link chiSquareContingency}.
 *
 * @returns statistic from 0, without unit; threshold: significance, default 0.05. One category gives 0 and p = 1;
 *   a category that only the reference lacks gives Infinity and p = 0, one that both lack NaN.
 * @throws `invalid-sample` for samples without counts, and for sums that disagree when not rescaled.
 */
export function chiSquareGoodnessOfFit(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: GoodnessOfFitOptions = {},
): TestResult {
  const { rescale = true, statistic: kind = 'pearson', threshold = DEFAULT_SIGNIFICANCE } = options;
  checkCounts(reference, current);
  const m = total(reference);
  const n = total(current);
  if (m === 0 || n === 0) throw invalidSample(`Expected counts in both samples; got sums of ${m} and ${n}.`);
  if (!rescale && Math.abs(m - n) > SUM_TOLERANCE * Math.min(m, n))
    throw invalidSample(
      `Expected samples with the same sum; got ${m} and ${n}. Pass { rescale: true } to compare shares.`,
    );
  let statistic = 0;
  for (let i = 0; i < reference.length; i++) {
    const observed = current[i]!;
    const expected = rescale ? (reference[i]! * n) / m : reference[i]!;
    if (kind === 'pearson') statistic += (observed - expected) ** 2 / expected;
    else if (observed > 0 || expected === 0) statistic += 2 * observed * Math.log(observed / expected);
  }
  if (reference.length === 1) return { statistic: 0, pValue: 1, threshold };
  statistic = Math.max(0, statistic);
  return { statistic, pValue: chiSquareSurvival(statistic, reference.length - 1), threshold };
}
