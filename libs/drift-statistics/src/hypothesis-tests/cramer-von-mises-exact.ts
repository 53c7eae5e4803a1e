import { greatestCommonDivisor } from './kolmogorov-two-sample.ts';

/** Values in ascending order and how many paths have each. */
interface Frequencies {
  values: Float64Array;
  counts: Float64Array;
}

/** Adds two tables and moves all values up by `shift`. */
function mergeShifted(a: Frequencies, b: Frequencies, shift: number): Frequencies {
  const values = new Float64Array(a.values.length + b.values.length);
  const counts = new Float64Array(values.length);
  let size = 0;
  for (let i = 0, j = 0; i < a.values.length || j < b.values.length; size++) {
    const left = a.values[i] ?? Infinity;
    const right = b.values[j] ?? Infinity;
    values[size] = Math.min(left, right) + shift;
    if (left <= right) counts[size]! += a.counts[i++]!;
    if (right <= left) counts[size]! += b.counts[j++]!;
  }
  return { values: values.slice(0, size), counts: counts.slice(0, size) };
}

/**
 * Exact P(U ≥ u) of the two-sample Cramér–von Mises statistic: the frequency of every value over all C(m + n, m) orders, carried
 * along the lattice (Anderson 1962; Xiao, Gordon & Yakovlev, J. Stat. Soft. 17, 2006).
 *
 * @param u Anderson's U, `m Σ (r_i − i)² + n Σ (s_j − j)²` over the ranks of the two samples in the pool.
 */
export function exactCramerVonMises(u: number, m: number, n: number): number {
  const common = (m / greatestCommonDivisor(m, n)) * n;
  const [a, b] = [common / m, common / n];
  const product = m * n;
  const observed = Math.floor(
    (common ** 2 * (m + n) * (6 * u - product * (4 * product - 1))) / (6 * product ** 2),
  );
  const none: Frequencies = { values: new Float64Array(0), counts: new Float64Array(0) };
  let row: Frequencies[] = Array.from({ length: m + 1 }, () => none);
  row[0] = { values: Float64Array.of(0), counts: Float64Array.of(1) };
  for (let j = 0; j <= n; j++) {
    let left = none;
    row = row.map((below, i) => (left = mergeShifted(left, below, (a * i - b * j) ** 2)));
  }
  const { values, counts } = row[m]!;
  let all = 0;
  let extreme = 0;
  for (let i = 0; i < values.length; i++) {
    all += counts[i]!;
    if (values[i]! >= observed) extreme += counts[i]!;
  }
  return extreme / all;
}
