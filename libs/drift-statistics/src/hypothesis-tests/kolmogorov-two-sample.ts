import type { Alternative } from '../statistic.ts';

/** The lattice of a two-sample Kolmogorov–Smirnov test. */
export interface KolmogorovLattice {
  /** Sizes of the two samples. */
  m: number;
  n: number;
  /** The statistic D times the least common multiple of the sizes: a whole number. */
  height: number;
  alternative: Alternative;
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * P(D ≥ d) for equal sizes by the reflection principle, O(n) (Gnedenko & Korolyuk 1951): with r(k) the ratio of C(2n, n − kh) to
 * C(2n, n − (k − 1)h) it is 2 r(1)(1 − r(2)(1 − r(3)(…))); one-sided r(1).
 */
function equalSizes(n: number, height: number, twoSided: boolean): number {
  const ratio = (k: number): number => {
    let product = 1;
    const start = (k - 1) * height;
    for (let i = 0; i < height && product > 0; i++) product *= (n - start - i) / (n + start + i + 1);
    return product;
  };
  if (!twoSided) return ratio(1);
  let nested = 0;
  for (let k = Math.floor(n / height); k >= 1; k--) nested = ratio(k) * (1 - nested);
  return 2 * nested;
}

/**
 * P(D ≥ d) for unequal sizes: all orders of the pooled sample are paths from (0, 0) to (m, n), each as likely. The probability of
 * every lattice point inside the band |i / m − j / n| < d is carried from one diagonal i + j to the next, where no point waits for its
 * neighbour, and what leaves the band is summed: no term is negative, so that tails of 1e-200 keep their digits. O(m n d).
 */
function unequalSizes({ m, n, height, alternative }: KolmogorovLattice): number {
  const divisor = greatestCommonDivisor(m, n);
  const stepY = m / divisor;
  const across = (m + n) / divisor;
  const above = alternative !== 'less'; // whether a path may leave where the reference is ahead
  const below = alternative !== 'greater';
  /** First and last i inside the band of diagonal t. */
  const first = (t: number) => (below ? Math.floor((t * stepY - height) / across) + 1 : 0);
  const last = (t: number) => (above ? Math.ceil((t * stepY + height) / across) - 1 : m);

  // Entry i + 1 holds point (i, t − i); its neighbours outside the band hold 0.
  const diagonal = new Float64Array(m + 3);
  diagonal[1] = 1;
  let low = 0;
  let high = 0;
  let outside = 0;
  for (let t = 1; t <= m + n && low <= high; t++) {
    const chance = 1 / (m + n - t + 1);
    const rightOf = n - t + 1;
    const top = Math.min(m, high + 1);
    for (let i = top; i >= low; i--)
      diagonal[i + 1] = (diagonal[i + 1]! * (rightOf + i) + diagonal[i]! * (m - i + 1)) * chance;
    high = top;
    for (const end = Math.min(top, last(t)); high > end; high--) {
      outside += diagonal[high + 1]!;
      diagonal[high + 1] = 0;
    }
    for (const start = Math.max(first(t), t - n); low < start && low <= high; low++) {
      outside += diagonal[low + 1]!;
      diagonal[low + 1] = 0;
    }
  }
  return outside;
}

/** Exact P(D ≥ d) of two samples from one continuous distribution; with ties an upper bound. 0 to 1. */
export function exactKolmogorov(lattice: KolmogorovLattice): number {
  if (lattice.height <= 0) return 1;
  const { m, n, height, alternative } = lattice;
  const value = m === n ? equalSizes(n, height, alternative === 'two-sided') : unequalSizes(lattice);
  return Math.min(1, Math.max(0, value));
}
