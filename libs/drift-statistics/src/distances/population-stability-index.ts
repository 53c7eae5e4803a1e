import { checkCounts, shares } from '../counts.ts';
import type { DistanceResult, ThresholdOption } from '../statistic.ts';

/** Shares of zero are taken for this. */
const DEFAULT_FLOOR = 1e-4;
const DEFAULT_THRESHOLD = 0.1;

export interface FloorOption extends ThresholdOption {
  /** What a share of zero is replaced by; 0 leaves it, and the result may be Infinity. Default 0.0001. */
  floor?: number;
}

/** Shares with the floor put under the zeros; not normed again. */
export function flooredShares(counts: ArrayLike<number>, floor: number = DEFAULT_FLOOR): Float64Array {
  return shares(counts).map((share) => (share === 0 ? floor : share));
}

/**
 * Population stability index Σ (p − q) ln(p / q): KL divergence both ways (Jeffreys 1946; Siddiqi 2006). Rule of thumb: below 0.1 none,
 * 0.1 to 0.25 some, above 0.25 a large change.
 *
 * @param reference Counts by bin.
 * @param current Counts of the same bins.
 * @returns statistic from 0, in nats; threshold: default 0.1.
 * @throws `invalid-sample` for samples without counts or with different bins.
 */
export function populationStabilityIndex(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: FloorOption = {},
): DistanceResult {
  checkCounts(reference, current);
  const p = flooredShares(reference, options.floor);
  const q = flooredShares(current, options.floor);
  const statistic = p.reduce(
    (sum, share, i) => sum + (share === q[i] ? 0 : (share - q[i]!) * Math.log(share / q[i]!)),
    0,
  );
  return { statistic: Math.max(0, statistic), threshold: options.threshold ?? DEFAULT_THRESHOLD };
}
