import { kolmogorovSmirnovPooled } from '../hypothesis-tests/kolmogorov-smirnov.ts';
import { mannWhitneyPooled } from '../hypothesis-tests/mann-whitney.ts';
import { total } from '../counts.ts';

/** Two histograms over the same bins. */
export interface BinnedPair {
  /** Ascending; the first bin is below all of them, the last from the last on. */
  edges: readonly number[];
  reference: ArrayLike<number>;
  current: ArrayLike<number>;
  /** Standard deviation of the reference, above 0; `undefined` where the reference is constant. */
  deviation: number | undefined;
}

/** Where exact Kolmogorov–Smirnov costs more than it says: pairs of values. */
const MOST_EXACT_PAIRS = 2_000_000;

/**
 * Probability of histograms as different, or more, under one distribution: twice the smaller p-value of Kolmogorov–Smirnov, which sees any
 * change of shape, and Mann–Whitney, which sees a shift nearly as well as a t-test. Both hold at any size and with ties; the factor
 * two pays for taking the better one (Bonferroni). 1 where a sample is empty.
 */
export function numericPValue(
  { reference, current }: BinnedPair,
  { exact = true }: { exact?: boolean } = {},
): number {
  const [m, n] = [total(reference), total(current)];
  if (m === 0 || n === 0) return 1;
  const pooled = { reference: Float64Array.from(reference), current: Float64Array.from(current) };
  const method = exact && (m === n || m * n <= MOST_EXACT_PAIRS) ? 'auto' : 'asymptotic';
  const shape = kolmogorovSmirnovPooled(pooled, { method }).pValue;
  const shift = mannWhitneyPooled(pooled).pValue;
  return Math.min(1, 2 * Math.min(shape, shift));
}

/**
 * How far the histograms lie apart: Wasserstein-1 distance in standard deviations of the reference, values spread evenly in their bins
 * and those beyond the last edge put on it. Where the reference is constant: the share of current values in other bins.
 *
 * @returns 0 and up; NaN where a sample is empty.
 */
export function numericEffect({ edges, reference, current, deviation }: BinnedPair): number {
  const [m, n] = [total(reference), total(current)];
  if (m === 0 || n === 0) return NaN;
  if (deviation === undefined) {
    let elsewhere = 0;
    for (let bin = 0; bin <= edges.length; bin++) if (reference[bin] === 0) elsewhere += current[bin]!;
    return elsewhere / n;
  }
  let area = 0;
  let before = reference[0]! / m - current[0]! / n;
  for (let k = 1; k < edges.length; k++) {
    const after = before + reference[k]! / m - current[k]! / n;
    const [a, b] = [Math.abs(before), Math.abs(after)];
    // Under a line that crosses zero lie two triangles.
    const height = before * after >= 0 ? (a + b) / 2 : (a * a + b * b) / (2 * (a + b));
    area += height * (edges[k]! - edges[k - 1]!);
    before = after;
  }
  return area / deviation;
}

/** Standard deviation of a histogram, values in the middle of their bins and those beyond the last edge on it. */
export function binnedDeviation(edges: readonly number[], counts: ArrayLike<number>): number {
  const last = edges.length - 1;
  const middle = (bin: number) =>
    bin === 0 ? edges[0]! : bin > last ? edges[last]! : (edges[bin - 1]! + edges[bin]!) / 2;
  let n = 0;
  let sum = 0;
  for (let bin = 0; bin <= edges.length; bin++) {
    n += counts[bin]!;
    sum += counts[bin]! * middle(bin);
  }
  let squares = 0;
  for (let bin = 0; bin <= edges.length; bin++) squares += counts[bin]! * (middle(bin) - sum / n) ** 2;
  return Math.sqrt(squares / n);
}
