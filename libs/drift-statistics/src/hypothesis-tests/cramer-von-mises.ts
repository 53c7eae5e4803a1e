import { poolSorted } from '../pooled-sample.ts';
import { sortSample } from '../sorted-sample.ts';
import { logGamma } from '../special-functions/log-gamma.ts';
import { scaledBesselK } from '../special-functions/bessel-k.ts';
import { DEFAULT_SIGNIFICANCE, type TestResult, type ThresholdOption } from '../statistic.ts';
import { exactCramerVonMises } from './cramer-von-mises-exact.ts';

/** Up to this size of the larger sample `auto` is exact. */
const LARGEST_EXACT = 20;

export interface CramerVonMisesOptions extends ThresholdOption {
  method?: 'auto' | 'exact' | 'asymptotic';
}

/** P(W² ≤ x) in the limit of many observations (Anderson & Darling 1952, equation 4.35; Csörgő & Faraway 1996). */
function limitingDistribution(x: number): number {
  let sum = 0;
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const z = (y * y) / (16 * x);
    const front = Math.exp(logGamma(k + 0.5) - logGamma(k + 1) - 2 * z) / (Math.PI ** 1.5 * Math.sqrt(x));
    const term = front * Math.sqrt(y) * scaledBesselK(0.25, z);
    sum += term;
    if (term < 1e-17 * sum || term === 0) return sum;
  }
}

/**
 * Two-sample Cramér–von Mises test: the squared difference of the distribution functions, summed over the pool (Anderson 1962).
 * More than Kolmogorov–Smirnov it sees small differences everywhere. Exact where both samples have at most 20 values, otherwise
 * by the limiting distribution. Midranks for ties.
 *
 * @returns statistic T from 0, without unit; threshold: significance, default 0.05. NaN for samples of fewer than two values, and with NaN.
 */
export function cramerVonMises(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CramerVonMisesOptions = {},
): TestResult {
  const { method = 'auto', threshold = DEFAULT_SIGNIFICANCE } = options;
  const a = sortSample(reference);
  const b = sortSample(current);
  const m = a.values.length;
  const n = b.values.length;
  if (a.hasNaN || b.hasNaN || m < 2 || n < 2) return { statistic: NaN, pValue: NaN, threshold };

  const pool = poolSorted(a.values, b.values);
  let u = 0;
  let seenReference = 0;
  let seenCurrent = 0;
  for (let k = 0; k < pool.values.length; k++) {
    const [inReference, inCurrent] = [pool.reference[k]!, pool.current[k]!];
    const midrank = seenReference + seenCurrent + (inReference + inCurrent + 1) / 2;
    for (let i = 1; i <= inReference; i++) u += m * (midrank - seenReference - i) ** 2;
    for (let j = 1; j <= inCurrent; j++) u += n * (midrank - seenCurrent - j) ** 2;
    seenReference += inReference;
    seenCurrent += inCurrent;
  }
  const product = m * n;
  const all = m + n;
  const statistic = u / (product * all) - (4 * product - 1) / (6 * all);
  if (method === 'exact' || (method === 'auto' && Math.max(m, n) <= LARGEST_EXACT))
    return { statistic, pValue: exactCramerVonMises(u, m, n), threshold };

  const mean = (1 + 1 / all) / 6;
  const variance =
    ((all + 1) * (4 * product * all - 3 * (m * m + n * n) - 2 * product)) / (45 * all * all * 4 * product);
  const normed = 1 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
  const pValue = normed < 0.003 ? 1 : Math.max(0, 1 - limitingDistribution(normed));
  return { statistic, pValue, threshold };
}
