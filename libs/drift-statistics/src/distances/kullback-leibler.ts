import { checkCounts } from '../counts.ts';
import type { DistanceResult } from '../statistic.ts';
import { flooredShares, type FloorOption } from './population-stability-index.ts';

const DEFAULT_THRESHOLD = 0.1;

/**
 * Kullback–Leibler divergence Σ p ln(p / q) of the reference p from the current sample q (Kullback & Leibler 1951): what coding the
 * reference by the current distribution would cost. Not symmetric.
 *
 * @param reference Counts by bin.
 * @param current Counts of the same bins.
 * @returns statistic from 0, in nats; threshold: default 0.1.
 * @throws `invalid-sample` for samples without counts or with different bins.
 */
export function kullbackLeibler(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: FloorOption = {},
): DistanceResult {
  checkCounts(reference, current);
  const p = flooredShares(reference, options.floor);
  const q = flooredShares(current, options.floor);
  const statistic = p.reduce((sum, share, i) => sum + (share === 0 ? 0 : share * Math.log(share / q[i]!)), 0);
  return { statistic: Math.max(0, statistic), threshold: options.threshold ?? DEFAULT_THRESHOLD };
}
