import { checkCounts, shares } from '../counts.ts';
import type { DistanceResult, ThresholdOption } from '../statistic.ts';

const DEFAULT_THRESHOLD = 0.1;

/**
 * L-infinity (Chebyshev) distance max |p − q|: the largest change of any one share.
 *
 * @param reference Counts by category; normed here.
 * @param current Counts of the same categories.
 * @returns statistic in 0 to 1, a share; threshold: default 0.1.
 * @throws `invalid-sample` for samples without counts or with different categories.
 */
export function lInfinity(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ThresholdOption = {},
): DistanceResult {
  checkCounts(reference, current);
  const p = shares(reference);
  const q = shares(current);
  const statistic = p.reduce((most, share, i) => Math.max(most, Math.abs(share - q[i]!)), 0);
  return { statistic, threshold: options.threshold ?? DEFAULT_THRESHOLD };
}
