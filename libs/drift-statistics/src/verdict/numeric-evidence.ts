import { binnedAndersonDarling } from '../hypothesis-tests/binned-anderson-darling.ts';
import { fisherExact } from '../hypothesis-tests/fisher-exact.ts';
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

/** Values that a bin has to expect in both samples (Cochran 1954). */
const LEAST_EXPECTED = 5;
/** Tails end before this share of the reference: half of the smallest bin that a package has. */
const TAIL = 1 / 40;
/** How much of the significance level goes to the whole distribution, and to each tail. */
export const WEIGHTS = { whole: 0.9, tail: 0.05 };

/** Joins neighbouring bins until each group expects enough in both samples, whichever of the two is asked; the rest joins the last. */
function groupBins(reference: ArrayLike<number>, current: ArrayLike<number>): [number[], number[]] {
  const [m, n] = [total(reference), total(current)];
  const share = Math.min(0.5, n / (m + n));
  const groups: [number[], number[]] = [[], []];
  let [a, b] = [0, 0];
  for (let bin = 0; bin < reference.length; bin++) {
    a += reference[bin]!;
    b += current[bin]!;
    if (Math.min(m, n) * ((1 - share) * (a / m) + share * (b / n)) < LEAST_EXPECTED) continue;
    groups[0].push(a);
    groups[1].push(b);
    [a, b] = [0, 0];
  }
  const last = groups[0].length - 1;
  if (last < 0) return [[a], [b]];
  groups[0][last]! += a;
  groups[1][last]! += b;
  return groups;
}

/** Fisher's exact test of the values before the reference begins, all but a {@link TAIL} of it: bins 0, 1, 2, … of both. */
function tailPValue(
  reference: (bin: number) => number,
  current: (bin: number) => number,
  [m, n]: readonly [number, number],
): number {
  let [before, now] = [0, 0];
  for (let bin = 0; before + reference(bin) < TAIL * m; bin++) {
    before += reference(bin);
    now += current(bin);
  }
  return before + now === 0 ? 1 : fisherExact([before, m - before], [now, n - now]).pValue;
}

/**
 * Probability of histograms as different, or more, under one distribution: Anderson–Darling over bins that expect five values (Fisher where
 * only two do), and Fisher's exact test of what lies before and beyond the reference, which such bins hide. A weighted Bonferroni
 * correction pays for the three (Holm 1979): nine tenths of the level go to the first. 1 where a sample is empty.
 */
export function numericPValue({ reference, current }: Pick<BinnedPair, 'reference' | 'current'>): number {
  const sizes = [total(reference), total(current)] as const;
  if (sizes[0] === 0 || sizes[1] === 0) return 1;
  const [a, b] = groupBins(reference, current);
  const whole =
    a.length === 2 ? fisherExact([a[0]!, a[1]!], [b[0]!, b[1]!]).pValue : binnedAndersonDarling(a, b).pValue;
  const last = reference.length - 1;
  const below = tailPValue(
    (bin) => reference[bin]!,
    (bin) => current[bin]!,
    sizes,
  );
  const above = tailPValue(
    (bin) => reference[last - bin]!,
    (bin) => current[last - bin]!,
    sizes,
  );
  return Math.min(1, whole / WEIGHTS.whole, below / WEIGHTS.tail, above / WEIGHTS.tail);
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
