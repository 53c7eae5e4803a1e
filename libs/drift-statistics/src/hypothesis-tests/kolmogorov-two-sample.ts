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
 * every lattice point inside the band |i / m − j / n| < d is carried row by row, and what leaves the band is summed: no term is
 * negative, so that tails of 1e-200 keep their digits. O(m n d).
 */
function unequalSizes({ m, n, height, alternative }: KolmogorovLattice): number {
  const divisor = greatestCommonDivisor(m, n);
  const stepX = n / divisor;
  const stepY = m / divisor;
  const above = alternative !== 'less'; // whether a path may leave where the reference is ahead
  const below = alternative !== 'greater';
  /** First and last j inside the band of row i; the row is empty when the first is past the last. */
  const first = (i: number) => (above ? Math.max(0, Math.floor((i * stepX - height) / stepY) + 1) : 0);
  const last = (i: number) => (below ? Math.min(n, Math.ceil((i * stepX + height) / stepY) - 1) : n);

  const inverse = new Float64Array(m + n + 2);
  for (let k = 1; k < inverse.length; k++) inverse[k] = 1 / k;

  const row = new Float64Array(n + 1);
  let outside = 0;
  let before = { low: 0, high: -1 };
  for (let i = 0; i <= m; i++) {
    const low = first(i);
    const high = last(i);
    const remaining = m - i + n;
    for (let j = before.low; j <= before.high && j < low; j++)
      outside += row[j]! * (m - i + 1) * inverse[remaining - j + 1]!;
    let left = 0;
    for (let j = low; j <= high; j++) {
      const up = j <= before.high ? row[j]! : 0;
      left = i === 0 && j === 0 ? 1 : (up * (m - i + 1) + left * (n - j + 1)) * inverse[remaining - j + 1]!;
      row[j] = left;
    }
    if (high >= low && high < n) outside += row[high]! * (n - high) * inverse[remaining - high]!;
    before = { low, high };
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
