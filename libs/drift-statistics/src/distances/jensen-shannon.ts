import { checkCounts, shares } from '../counts.ts';
import type { DistanceResult, ThresholdOption } from '../statistic.ts';

const DEFAULT_THRESHOLD = 0.1;

export interface JensenShannonOptions extends ThresholdOption {
  /** Base of the logarithm; default e, so that the distance ends at √ln 2 = 0.8326; base 2 makes it 1. */
  base?: number | undefined;
}

/**
 * Jensen–Shannon distance √(KL(p ‖ m) / 2 + KL(q ‖ m) / 2) with m = (p + q) / 2: a metric (Endres & Schindelin 2003). Needs no
 * floor under empty bins. Rounding below zero is cut, where scipy answers NaN.
 *
 * @param reference Counts by bin; normed here.
 * @param current Counts of the same bins.
 * @returns statistic in 0 to √(ln 2 / ln base), without unit; threshold: default 0.1.
 * @throws `invalid-sample` for samples without counts or with different bins.
 */
export function jensenShannon(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: JensenShannonOptions = {},
): DistanceResult {
  checkCounts(reference, current);
  const p = shares(reference);
  const q = shares(current);
  const part = (share: number, middle: number) => (share === 0 ? 0 : share * Math.log(share / middle));
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i]! + q[i]!) / 2;
    divergence += (part(p[i]!, middle) + part(q[i]!, middle)) / 2;
  }
  const scale = options.base === undefined ? 1 : Math.log(options.base);
  return {
    statistic: Math.sqrt(Math.max(0, divergence) / scale),
    threshold: options.threshold ?? DEFAULT_THRESHOLD,
  };
}
