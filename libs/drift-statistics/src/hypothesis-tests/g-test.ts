import type { TestResult } from '../statistic.ts';
import { chiSquareGoodnessOfFit, type GoodnessOfFitOptions } from './chi-square-goodness-of-fit.ts';

/**
 * G-test of goodness of fit, 2 Σ O ln(O / E) (Wilks 1938): {@link chiSquareGoodnessOfFit} by likelihood ratio.
 *
 * @returns statistic from 0, without unit; threshold: significance, default 0.05.
 * @throws as {@link chiSquareGoodnessOfFit}.
 */
export function gTest(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: Omit<GoodnessOfFitOptions, 'statistic'> = {},
): TestResult {
  return chiSquareGoodnessOfFit(reference, current, { ...options, statistic: 'g' });
}
