import { mean, quantile, sortSample } from '../sorted-sample.ts';
import { chiSquareSurvival } from '../special-functions/chi-square.ts';
import { symmetricEigen } from '../special-functions/symmetric-eigen.ts';
import { DEFAULT_SIGNIFICANCE, invalidSample, type TestResult, type ThresholdOption } from '../statistic.ts';

/** Points of the characteristic function, in semi-interquartile ranges, that Epps & Singleton recommend. */
const POINTS = [0.4, 0.8];
const SMALLEST = 5;
/** Eigenvalues below this share of the largest one are taken for zero. */
const RANK_TOLERANCE = 1e-15;

export interface EppsSingletonOptions extends ThresholdOption {
  /** Where the characteristic functions are compared; positive, in semi-interquartile ranges of the pool; default 0.4 and 0.8. */
  points?: readonly number[];
}

/** Cosines and sines of all values at all points: row by row, one row for each of the 2 × points functions. */
function features(values: ArrayLike<number>, points: readonly number[]): Float64Array[] {
  const map = (f: (x: number) => number) =>
    points.map((point) => Float64Array.from(values, (value) => f(point * value)));
  return [...map(Math.cos), ...map(Math.sin)];
}

/** Population covariance of two rows. */
function covariance(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - meanA) * (b[i]! - meanB);
  return sum / a.length;
}

/**
 * Epps–Singleton test: compares the empirical characteristic functions at a few points, and so needs no continuous distributions and
 * no correction for ties (Epps & Singleton 1986; small-sample correction below 25 values). χ² with the rank of the covariance
 * as degrees of freedom.
 *
 * @returns statistic from 0, without unit; threshold: significance, default 0.05. NaN for samples of fewer than five values, and
 *   with NaN or ±∞. Two different constants give Infinity and p = 0.
 * @throws `invalid-sample` where the middle half of the pool is one value, so that it has no scale, and for points that are not positive.
 */
export function eppsSingleton(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: EppsSingletonOptions = {},
): TestResult {
  const { points = POINTS, threshold = DEFAULT_SIGNIFICANCE } = options;
  const wrong = points.find((point) => !(point > 0));
  if (wrong !== undefined) throw invalidSample(`Expected positive points; got ${wrong}.`);
  const [m, n] = [reference.length, current.length];
  const all = m + n;
  const pool = new Float64Array(all);
  pool.set(reference);
  pool.set(current, m);
  if (m < SMALLEST || n < SMALLEST || !pool.every(Number.isFinite))
    return { statistic: NaN, pValue: NaN, threshold };
  const { values: sorted } = sortSample(pool);
  const scale = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2;
  if (scale === 0)
    throw invalidSample(
      `Expected a pool with an interquartile range; its middle half is ${quantile(sorted, 0.5)} throughout.`,
    );
  const scaled = points.map((point) => point / scale);
  const a = features(reference, scaled);
  const b = features(current, scaled);
  const matrix = a.map((row, i) =>
    a.map((column, j) => (all / m) * covariance(row, column) + (all / n) * covariance(b[i]!, b[j]!)),
  );
  const difference = a.map((row, i) => mean(row) - mean(b[i]!));

  const { values, vectors } = symmetricEigen(matrix);
  const largest = Math.max(...values.map(Math.abs));
  let statistic = 0;
  let rank = 0;
  values.forEach((value, k) => {
    if (value <= RANK_TOLERANCE * largest || value <= 1e-28) return;
    rank++;
    statistic += (all * difference.reduce((sum, d, i) => sum + d * vectors[i]![k]!, 0) ** 2) / value;
  });
  if (rank === 0) return { statistic: Infinity, pValue: 0, threshold };
  if (Math.max(m, n) < 25) statistic /= 1 + all ** -0.45 + 10.1 * (m ** -1.7 + n ** -1.7);
  return { statistic, pValue: chiSquareSurvival(statistic, rank), threshold };
}
