import { checkCounts, shares } from '../counts.ts';
import type { DistanceResult, ThresholdOption } from '../statistic.ts';

const DEFAULT_THRESHOLD = 0.1;

/**
 * Hellinger distance √(½ Σ (√p − √q)²) (Hellinger 1909): a metric, needs no floor under empty bins.
 *
 * @param reference Counts by bin; normed here.
 * @param current Counts of the same bins.
 * @returns statistic in 0 to 1, without unit; threshold: default 0.1.
 * @throws `invalid-sample` for samples without counts or with different bins.
 */
export function hellinger(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ThresholdOption = {},
): DistanceResult {
  checkCounts(reference, current);
  const p = shares(reference);
  const q = shares(current);
  const squares = p.reduce((sum, share, i) => sum + (Math.sqrt(share) - Math.sqrt(q[i]!)) ** 2, 0);
  return { statistic: Math.sqrt(squares / 2), threshold: options.threshold ?? DEFAULT_THRESHOLD };
}
