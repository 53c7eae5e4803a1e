import { total } from '../counts.ts';

/**
 * How far a simulated quantile may lie above the mean. The limit of √n times the distance is a norm of a Gaussian process, whose quantile at the
 * level 0.995 is at most 2.81 / 0.674 = 4.2 times its median (Latała & Oleszkiewicz 1999), which lies below its mean; the rest is for the chance
 * of the simulation and for sizes that it rounds.
 */
const ABOVE_THE_MEAN = 5;

/**
 * What `numericEffect` of two samples of one distribution stays below, at levels up to 0.995, without simulating them:
 * E W₁ ≤ √(2/π) · √(1/m + 1/n) · ∫ √(F (1 − F)) dx / σ for large samples (Bobkov & Ledoux 2019, section 3.2), some times over.
 *
 * @param shares Counts of the reference by bin.
 * @param sizes Of both samples, from 1.
 * @returns Standard deviations of the reference; Infinity for samples too small for the limit.
 */
export function numericEffectCeiling(
  { edges, shares, deviation }: { edges: readonly number[]; shares: ArrayLike<number>; deviation: number },
  [m, n]: readonly [reference: number, current: number],
): number {
  if (Math.min(m, n) < LEAST) return Infinity;
  const all = total(shares);
  const root = (below: number) => Math.sqrt(Math.max(0, below * (1 - below)));
  let below = shares[0]! / all;
  let area = 0;
  for (let k = 1; k < edges.length; k++) {
    const next = below + shares[k]! / all;
    // Between two edges it is concave: it may rise above both ends, up to a half in the middle.
    const highest = below < 0.5 && next > 0.5 ? 0.5 : Math.max(root(below), root(next));
    area += highest * (edges[k]! - edges[k - 1]!);
    below = next;
  }
  return (ABOVE_THE_MEAN * Math.sqrt(2 / Math.PI) * Math.sqrt(1 / m + 1 / n) * area) / deviation;
}

/** Values of either sample. */
const LEAST = 250;
