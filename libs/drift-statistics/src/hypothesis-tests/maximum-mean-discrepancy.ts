import { seededRandom } from '@assay/random';
import { quantile } from '../sorted-sample.ts';
import { DEFAULT_SIGNIFICANCE, invalidSample, type TestResult, type ThresholdOption } from '../statistic.ts';

/** Points in a space: one row of equal length for each record. */
export type Rows = readonly ArrayLike<number>[];

/** Checks two samples of points. @returns their dimension. @throws `invalid-sample` for too few or uneven rows. */
export function checkRows(reference: Rows, current: Rows, least: number): number {
  if (reference.length < least || current.length < least)
    throw invalidSample(
      `Expected ${least} rows or more in both samples; got ${reference.length} and ${current.length}.`,
    );
  const dimension = reference[0]!.length;
  for (const row of [...reference, ...current]) {
    if (row.length !== dimension)
      throw invalidSample(`Expected rows of ${dimension} numbers, as the first; got one of ${row.length}.`);
    for (let i = 0; i < dimension; i++)
      if (!Number.isFinite(row[i]))
        throw invalidSample(`Expected finite numbers; got ${String(row[i])}. Drop such rows.`);
  }
  return dimension;
}

export interface MaximumMeanDiscrepancyOptions extends ThresholdOption {
  /** Random relabellings; default 999. */
  permutations?: number;
  /** Names the stream of random numbers; default 0. */
  seed?: string | number;
  /** Kernel exp(−|x − y|² / (2 bandwidth²)); default: the median of the pooled squared distances, halved, is its square. */
  bandwidth?: number | undefined;
}

export interface MaximumMeanDiscrepancyResult extends TestResult {
  /** MMD² of each random relabelling: what it is like under equal distributions. */
  permuted: Float64Array;
}

/** Squared distances between all rows, row-major `[N, N]`. */
function squaredDistances(rows: Rows, dimension: number): Float64Array {
  const all = rows.length;
  const distances = new Float64Array(all * all);
  for (let i = 0; i < all; i++)
    for (let j = i + 1; j < all; j++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += (rows[i]![k]! - rows[j]![k]!) ** 2;
      distances[i * all + j] = sum;
      distances[j * all + i] = sum;
    }
  return distances;
}

/** Median of the entries above the diagonal. */
function medianAbove(matrix: Float64Array, all: number): number {
  const upper = new Float64Array((all * (all - 1)) / 2);
  let at = 0;
  for (let i = 0; i < all; i++) for (let j = i + 1; j < all; j++) upper[at++] = matrix[i * all + j]!;
  return quantile(upper.sort(), 0.5);
}

/**
 * Maximum mean discrepancy of two samples of points with a Gaussian kernel, unbiased: mean k(x, x') + mean k(y, y') − 2 mean k(x, y), and a
 * permutation test of it, p = (1 + permutations at least as large) / (1 + permutations) (Gretton et al. 2012, Lemma 6). Sees any
 * difference of joint distributions. O((m + n)²) in time and memory: for embeddings take a sample of some hundreds.
 *
 * @param reference Rows `[m, d]`.
 * @param current Rows `[n, d]`.
 * @returns statistic: MMD², about 0 (below it, too) under equal distributions, at most 2, without unit; threshold: significance, default 0.05.
 * @throws `invalid-sample` for fewer than two rows in a sample, uneven rows, and numbers that are not finite.
 */
export function maximumMeanDiscrepancy(
  reference: Rows,
  current: Rows,
  options: MaximumMeanDiscrepancyOptions = {},
): MaximumMeanDiscrepancyResult {
  const { permutations = 999, seed = 0, threshold = DEFAULT_SIGNIFICANCE } = options;
  const dimension = checkRows(reference, current, 2);
  const [m, n] = [reference.length, current.length];
  const all = m + n;
  const kernel = squaredDistances([...reference, ...current], dimension);
  const square = options.bandwidth === undefined ? medianAbove(kernel, all) / 2 : options.bandwidth ** 2;
  // All points in one place have a median of 0; every kernel value is 1 then.
  for (let i = 0; i < kernel.length; i++)
    kernel[i] = kernel[i] === 0 ? 1 : Math.exp(-kernel[i]! / (2 * square));

  /** Sum of the kernel over each row, without the diagonal, and over all. */
  const rowSums = new Float64Array(all);
  let everything = 0;
  for (let i = 0; i < all; i++) {
    for (let j = 0; j < all; j++) if (i !== j) rowSums[i]! += kernel[i * all + j]!;
    everything += rowSums[i]!;
  }
  const few = Math.min(m, n);
  /** MMD² where the rows of the smaller sample are `chosen`: the two other sums follow from the sum over those. */
  const discrepancy = (chosen: Int32Array): number => {
    let within = 0;
    let touching = 0;
    for (let i = 0; i < few; i++) {
      const offset = chosen[i]! * all;
      touching += rowSums[chosen[i]!]!;
      for (let j = 0; j < i; j++) within += kernel[offset + chosen[j]!]!;
    }
    within *= 2;
    const across = touching - within;
    const beyond = everything - within - 2 * across;
    const many = all - few;
    return within / (few * (few - 1)) + beyond / (many * (many - 1)) - (2 * across) / (few * many);
  };

  const order = Int32Array.from({ length: all }, (_, i) => i);
  const statistic = discrepancy(m <= n ? order.slice(0, m) : order.slice(m));
  const random = seededRandom('maximum-mean-discrepancy', seed);
  const permuted = new Float64Array(permutations);
  let extreme = 0;
  for (let round = 0; round < permutations; round++) {
    for (let i = 0; i < few; i++) {
      const j = i + random.integer(all - i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    permuted[round] = discrepancy(order);
    if (permuted[round]! >= statistic - 1e-12) extreme++;
  }
  return { statistic, pValue: (1 + extreme) / (1 + permutations), threshold, permuted };
}
