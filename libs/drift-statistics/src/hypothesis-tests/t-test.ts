import { mean, squaredDeviations } from '../sorted-sample.ts';
import { studentTwoSided } from '../special-functions/incomplete-beta.ts';
import { DEFAULT_SIGNIFICANCE, type TestResult, type ThresholdOption } from '../statistic.ts';

export interface TTestOptions extends ThresholdOption {
  /** One variance for both (Student 1908, default), or one each (Welch 1947). */
  equalVariances?: boolean;
}

/**
 * Two-sample t-test of the means, two-sided: with the pooled variance and m + n − 2 degrees of freedom, or Welch's.
 *
 * @returns statistic without unit, positive where the reference's mean is higher; threshold: significance, default 0.05. NaN where nothing
 *   can be said: too few values, NaN, or two equal constants.
 */
export function tTest(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: TTestOptions = {},
): TestResult {
  const { equalVariances = true, threshold = DEFAULT_SIGNIFICANCE } = options;
  const [m, n] = [reference.length, current.length];
  const [a, b] = [squaredDeviations(reference), squaredDeviations(current)];
  let df = m + n - 2;
  let squaredError = ((a + b) / df) * (1 / m + 1 / n);
  if (!equalVariances) {
    const [va, vb] = [a / (m - 1) / m, b / (n - 1) / n];
    squaredError = va + vb;
    df = squaredError ** 2 / (va ** 2 / (m - 1) + vb ** 2 / (n - 1));
  }
  // Two different constants: as far apart as can be, whatever the degrees of freedom.
  if (squaredError === 0) df = 1;
  const statistic = m === 0 || n === 0 ? NaN : (mean(reference) - mean(current)) / Math.sqrt(squaredError);
  return { statistic, pValue: studentTwoSided(statistic, df), threshold };
}
