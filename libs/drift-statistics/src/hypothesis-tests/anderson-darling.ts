import { sortSample } from '../sorted-sample.ts';
import { DEFAULT_SIGNIFICANCE, invalidSample, type TestResult, type ThresholdOption } from '../statistic.ts';

/** Significance levels of Table 2 of Scholz & Stephens, and the coefficients b0, b1, b2 of their critical values. */
const LEVELS = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
const B0 = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085];
const B1 = [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615];
const B2 = [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154];

/** Value at `x` of the parabola that fits the points best by least squares. */
function parabolaAt(xs: readonly number[], ys: readonly number[], x: number): number {
  // Orthogonal polynomials over the xs: no ill-conditioned system to solve.
  const count = xs.length;
  const centre = xs.reduce((sum, value) => sum + value, 0) / count;
  const first = (value: number) => value - centre;
  const norm1 = xs.reduce((sum, value) => sum + first(value) ** 2, 0);
  const skew = xs.reduce((sum, value) => sum + first(value) ** 3, 0) / norm1;
  const second = (value: number) => first(value) ** 2 - skew * first(value) - norm1 / count;
  const norm2 = xs.reduce((sum, value) => sum + second(value) ** 2, 0);
  const mean = ys.reduce((sum, value) => sum + value, 0) / count;
  const slope = ys.reduce((sum, value, i) => sum + value * first(xs[i]!), 0) / norm1;
  const bend = ys.reduce((sum, value, i) => sum + value * second(xs[i]!), 0) / norm2;
  return mean + slope * first(x) + bend * second(x);
}

/** A²_akN, equation 7 of Scholz & Stephens: the midrank version. */
function midrankStatistic(samples: readonly Float64Array[], all: number): number {
  const pool = new Float64Array(all);
  samples.reduce((offset, sample) => (pool.set(sample, offset), offset + sample.length), 0);
  pool.sort();
  const positions = samples.map(() => 0);
  const sums = samples.map(() => 0);
  for (let at = 0; at < all;) {
    const value = pool[at]!;
    let ties = 1;
    while (at + ties < all && pool[at + ties] === value) ties++;
    const below = at + ties / 2;
    const weight = ties / all / (below * (all - below) - (all * ties) / 4);
    samples.forEach((sample, i) => {
      const start = positions[i]!;
      let end = start;
      while (end < sample.length && sample[end] === value) end++;
      positions[i] = end;
      if (ties < all) sums[i]! += weight * (all * ((start + end) / 2) - below * sample.length) ** 2;
    });
    at += ties;
  }
  return ((all - 1) / all) * sums.reduce((sum, part, i) => sum + part / samples[i]!.length, 0);
}

/** Variance of A²_kN, equation 4 of Scholz & Stephens. */
function variance(sizes: readonly number[], all: number): number {
  const k = sizes.length;
  const inverse = sizes.reduce((sum, size) => sum + 1 / size, 0);
  let h = 1;
  let g = 0;
  // h = Σ 1 / i; g = ΣΣ 1 / ((N − i) j), summed from the inside.
  let partial = 0;
  for (let i = 2; i < all; i++) {
    h += 1 / i;
    partial += 1 / (all - i + 1);
    g += partial / i;
  }
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse;
  const b = (2 * g - 4) * k ** 2 + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * k ** 2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * k ** 2 - 4 * h * k;
  return (a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3));
}

/**
 * k-sample Anderson–Darling test: differences of the distribution functions weighted towards both tails (Scholz & Stephens 1987, midrank
 * version). The p-value is interpolated in their table and so lies in 0.001 to 0.25.
 *
 * @returns statistic: (A² − (k − 1)) / σ, without unit, about 0 under equal distributions; threshold: significance, default 0.05. NaN for
 *   fewer than four values in all, and with NaN.
 * @throws `invalid-sample` for fewer than two samples, an empty one, or a single distinct value.
 */
export function andersonDarlingSamples(
  samples: readonly ArrayLike<number>[],
  options: ThresholdOption = {},
): TestResult {
  const threshold = options.threshold ?? DEFAULT_SIGNIFICANCE;
  const sorted = samples.map((sample) => sortSample(sample));
  if (sorted.length < 2) throw invalidSample(`Expected two samples or more; got ${sorted.length}.`);
  const sizes = sorted.map(({ values }) => values.length);
  const empty = sizes.indexOf(0);
  if (empty >= 0) throw invalidSample(`Expected values in every sample; sample ${empty} is empty.`);
  if (sorted.some(({ hasNaN }) => hasNaN)) return { statistic: NaN, pValue: NaN, threshold };
  const values = sorted.map((sample) => sample.values);
  if (values.every((sample) => sample[0] === values[0]![0] && sample.at(-1) === sample[0]))
    throw invalidSample(`Expected more than one distinct value; all are ${values[0]![0]!}.`);

  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all < 4) return { statistic: NaN, pValue: NaN, threshold };
  const degrees = sizes.length - 1;
  const statistic = (midrankStatistic(values, all) - degrees) / Math.sqrt(variance(sizes, all));
  const critical = B0.map((b0, i) => b0 + B1[i]! / Math.sqrt(degrees) + B2[i]! / degrees);
  let pValue: number;
  if (statistic < critical[0]!) pValue = LEVELS[0]!;
  else if (statistic > critical.at(-1)!) pValue = LEVELS.at(-1)!;
  else pValue = Math.exp(parabolaAt(critical, LEVELS.map(Math.log), statistic));
  return { statistic, pValue, threshold };
}

/** {@link andersonDarlingSamples} of two samples. */
export function andersonDarling(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ThresholdOption = {},
): TestResult {
  return andersonDarlingSamples([reference, current], options);
}
