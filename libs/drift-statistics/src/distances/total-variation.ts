import { checkCounts, shares } from '../counts.ts';
import type { DistanceResult, ThresholdOption } from '../statistic.ts';

const DEFAULT_THRESHOLD = 0.1;

/**
 * Total variation distance ½ Σ |p − q|: the share of records that would have to change category.
 *
 * @param reference Counts by category; normed here.
 * @param current Counts of the same categories.
 * @returns statistic in 0 to 1, a share; threshold: default 0.1.
 * @throws `invalid-sample` for samples without counts or with different categories.
 */
export function totalVariation(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ThresholdOption = {},
): DistanceResult {
  checkCounts(reference, current);
  const p = shares(reference);
  const q = shares(current);
  const sum = p.reduce((all, share, i) => all + Math.abs(share - q[i]!), 0);
  return { statistic: sum / 2, threshold: options.threshold ?? DEFAULT_THRESHOLD };
}
