import { chiSquareSurvival } from '../special-functions/chi-square.ts';
import { DEFAULT_SIGNIFICANCE, invalidSample, type TestResult, type ThresholdOption } from '../statistic.ts';
import { checkCounts, total } from '../counts.ts';

export interface ContingencyOptions extends ThresholdOption {
  /** Yates's correction where there is one degree of freedom; default true. */
  correction?: boolean;
  /** `pearson`: Σ (O − E)² / E; `g`: 2 Σ O ln(O / E), whose far tail stays true at small counts. */
  statistic?: 'pearson' | 'g';
}

/**
 * χ² test of a 2 × k contingency table: whether both samples draw the categories alike. Unlike a goodness-of-fit test it knows that
 * the reference is a sample too. Expected counts come from the margins; k − 1 degrees of freedom; Yates's correction at one (Pearson
 * 1900; Yates 1934). Approximate: expected counts of 5 and more are advised (Cochran 1954).
 *
 * @param reference Counts by category.
 * @param current Counts of the same categories, in the same order.
 * @returns statistic from 0, without unit; threshold: significance, default 0.05. A table of one category gives 0 and p = 1.
 * @throws `invalid-sample` for a category or a sample without any count, and for counts that are no counts.
 */
export function chiSquareContingency(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ContingencyOptions = {},
): TestResult {
  const { correction = true, statistic: kind = 'pearson', threshold = DEFAULT_SIGNIFICANCE } = options;
  checkCounts(reference, current);
  const m = total(reference);
  const n = total(current);
  const df = reference.length - 1;
  if (m === 0 || n === 0) throw invalidSample(`Expected counts in both samples; got sums of ${m} and ${n}.`);
  let statistic = 0;
  for (let i = 0; i < reference.length; i++) {
    const both = reference[i]! + current[i]!;
    if (both === 0)
      throw invalidSample(
        `Category ${i} has no count in either sample: leave it out, nothing can be expected of it.`,
      );
    for (const [count, size] of [
      [reference[i]!, m],
      [current[i]!, n],
    ] as const) {
      const expected = (both * size) / (m + n);
      const shift = df === 1 && correction ? Math.min(0.5, Math.abs(expected - count)) : 0;
      const observed = count + Math.sign(expected - count) * shift;
      if (kind === 'pearson') statistic += (observed - expected) ** 2 / expected;
      else if (observed > 0) statistic += 2 * observed * Math.log(observed / expected);
    }
  }
  if (df === 0) return { statistic: 0, pValue: 1, threshold };
  statistic = Math.max(0, statistic);
  return { statistic, pValue: chiSquareSurvival(statistic, df), threshold };
}
