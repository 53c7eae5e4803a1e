import { total } from '../counts.ts';
import { chiSquareContingency } from '../hypothesis-tests/chi-square-contingency.ts';
import type { DistanceResult, ThresholdOption } from '../statistic.ts';

const DEFAULT_THRESHOLD = 0.1;

export interface CramersVOptions extends ThresholdOption {
  /** Take away what chance adds at small counts (Bergsma 2013); default true. */
  biasCorrected?: boolean;
}

/**
 * Cramér's V of the table sample × category: √(φ² / min(rows − 1, columns − 1)), φ² = χ² / n. With Bergsma's correction
 * φ² loses (r − 1)(k − 1) / (n − 1), and rows and columns count (· − 1)² / (n − 1) less, so that the mean under equal
 * distributions is about 0.
 *
 * @param reference Counts by category.
 * @param current Counts of the same categories.
 * @returns statistic in 0 to 1, without unit; threshold: default 0.1. One category gives 0.
 * @throws `invalid-sample` as {@link chiSquareContingency}.
 */
export function cramersV(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CramersVOptions = {},
): DistanceResult {
  const { biasCorrected = true, threshold = DEFAULT_THRESHOLD } = options;
  const { statistic: chiSquare } = chiSquareContingency(reference, current, { correction: false });
  const n = total(reference) + total(current);
  const columns = reference.length;
  if (columns < 2) return { statistic: 0, threshold };
  const phi2 = chiSquare / n;
  if (!biasCorrected) return { statistic: Math.sqrt(phi2), threshold };
  const corrected = Math.max(0, phi2 - (columns - 1) / (n - 1));
  const rowsLeft = 2 - 1 / (n - 1);
  const columnsLeft = columns - (columns - 1) ** 2 / (n - 1);
  const statistic = Math.sqrt(corrected / Math.min(rowsLeft - 1, columnsLeft - 1));
  return { statistic: Math.min(1, statistic), threshold };
}
