import { poolSorted, type PooledSample } from '../pooled-sample.ts';
import { sortSample } from '../sorted-sample.ts';
import { normalSurvival } from '../special-functions/normal.ts';
import {
  DEFAULT_SIGNIFICANCE,
  type Alternative,
  type TestResult,
  type ThresholdOption,
} from '../statistic.ts';

/** Up to this size of the smaller sample, and without ties, `auto` is exact. */
const LARGEST_EXACT = 8;

export interface MannWhitneyOptions extends ThresholdOption {
  /** `greater`: the reference's values tend to be larger. */
  alternative?: Alternative;
  method?: 'auto' | 'exact' | 'asymptotic';
  /** Continuity correction of the normal approximation by half a rank; default true. */
  continuity?: boolean;
}

/**
 * Exact P(U ≤ u) for samples without ties: the coefficients of the Gaussian binomial C(m + n, m)_q, built factor by factor and scaled
 * to sum to one (Mann & Whitney 1947). Only the lower half is summed, where the coefficients ascend and no digits are lost.
 */
function lowerTail(u: number, m: number, n: number): number {
  if (u < 0) return 0;
  const most = m * n;
  if (u >= most) return 1;
  if (u > most / 2) return 1 - lowerTail(most - Math.floor(u) - 1, m, n);
  const [small, large] = [Math.min(m, n), Math.max(m, n)];
  const weights = new Float64Array(Math.floor(u) + 1);
  weights[0] = 1;
  for (let i = 1; i <= small; i++) {
    for (let k = weights.length - 1; k >= large + i; k--) weights[k]! -= weights[k - large - i]!;
    for (let k = i; k < weights.length; k++) weights[k]! += weights[k - i]!;
    for (let k = 0; k < weights.length; k++) weights[k]! *= i / (large + i);
  }
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/**
 * Mann–Whitney U test (Wilcoxon rank sum): whether one sample tends to larger values. Close to the power of a t-test for a shift, whatever
 * the distribution (Mann & Whitney 1947). Exact where one sample has at most 8 values and there are no ties, otherwise normal with the
 * variance corrected for ties. ±∞ are values.
 *
 * @returns statistic: U of the reference, how many pairs it wins (ties half), 0 to m n; threshold: significance, default 0.05. NaN for
 *   empty samples and with NaN.
 */
export function mannWhitney(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: MannWhitneyOptions = {},
): TestResult {
  const a = sortSample(reference);
  const b = sortSample(current);
  if (a.hasNaN || b.hasNaN)
    return { statistic: NaN, pValue: NaN, threshold: options.threshold ?? DEFAULT_SIGNIFICANCE };
  return mannWhitneyPooled(poolSorted(a.values, b.values), options);
}

/** {@link mannWhitney} of samples that are counted already: values of a sorted pool, or bins of a histogram. */
export function mannWhitneyPooled(
  { reference, current }: Pick<PooledSample, 'reference' | 'current'>,
  options: MannWhitneyOptions = {},
): TestResult {
  const {
    alternative = 'two-sided',
    method = 'auto',
    continuity = true,
    threshold = DEFAULT_SIGNIFICANCE,
  } = options;
  let m = 0;
  let n = 0;
  let statistic = 0;
  let ties = 0;
  for (let i = 0; i < reference.length; i++) {
    statistic += reference[i]! * (n + current[i]! / 2);
    m += reference[i]!;
    n += current[i]!;
    const together = reference[i]! + current[i]!;
    ties += together ** 3 - together;
  }
  if (m === 0 || n === 0) return { statistic: NaN, pValue: NaN, threshold };
  const other = m * n - statistic;
  const side =
    alternative === 'greater' ? statistic : alternative === 'less' ? other : Math.max(statistic, other);
  const sides = alternative === 'two-sided' ? 2 : 1;

  let tail: number;
  if (method === 'exact' || (method === 'auto' && ties === 0 && Math.min(m, n) <= LARGEST_EXACT)) {
    tail = lowerTail(m * n - Math.floor(side), m, n);
  } else {
    const all = m + n;
    const deviation = Math.sqrt(((m * n) / 12) * (all + 1 - ties / (all * (all - 1))));
    const distance = side - (m * n) / 2 - (continuity ? 0.5 : 0);
    // All values tied: no order, nothing to be told apart.
    tail = deviation === 0 ? 1 : normalSurvival(distance / deviation);
  }
  return { statistic, pValue: Math.min(1, sides * tail), threshold };
}
