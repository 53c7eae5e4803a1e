import { poolSorted, type PooledSample } from '../pooled-sample.ts';
import { sortSample, squaredDeviations } from '../sorted-sample.ts';
import { invalidSample, type DistanceResult, type ThresholdOption } from '../statistic.ts';

/** Thresholds where none is given: none in the unit of the values (NaN), a tenth of a deviation where it is normed. */
const DEFAULT_NORMED_THRESHOLD = 0.1;

/** Least deviation that Evidently divides by; kept for comparison, see {@link normedWasserstein}. */
const DEFAULT_FLOOR = 0.001;

/** ∫ |F − G| over the distinct values of two counted samples: in the unit of `values`; NaN where a sample is empty. */
export function wassersteinPooled({ values, reference, current }: PooledSample): number {
  let m = 0;
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    m += reference[i]!;
    n += current[i]!;
  }
  if (m === 0 || n === 0) return NaN;
  let area = 0;
  let f = 0;
  let g = 0;
  for (let i = 0; i + 1 < values.length; i++) {
    f += reference[i]!;
    g += current[i]!;
    const height = Math.abs(f * n - g * m);
    if (height > 0) area += height * (values[i + 1]! - values[i]!);
  }
  return area / (m * n);
}

/** The two samples sorted into one pool. @throws `invalid-sample` where one is empty. */
function pool(reference: ArrayLike<number>, current: ArrayLike<number>): PooledSample | undefined {
  if (reference.length === 0 || current.length === 0)
    throw invalidSample(
      `Expected values in both samples; got ${reference.length} and ${current.length}: there is no distance to an empty one.`,
    );
  const [a, b] = [sortSample(reference), sortSample(current)];
  return a.hasNaN || b.hasNaN ? undefined : poolSorted(a.values, b.values);
}

/**
 * Wasserstein-1 distance (earth mover's): ∫ |F_reference − F_current| dx, how far a value has to be moved on average (Vallender 1974).
 *
 * @returns statistic from 0, in the unit of the values; NaN with NaN, Infinity where only one sample holds ±∞; threshold: none by
 *   default (NaN), for what is far depends on the unit.
 * @throws `invalid-sample` for an empty sample.
 */
export function wasserstein(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ThresholdOption = {},
): DistanceResult {
  const pooled = pool(reference, current);
  const threshold = options.threshold ?? NaN;
  return { statistic: pooled === undefined ? NaN : wassersteinPooled(pooled), threshold };
}

export interface NormedWassersteinOptions extends ThresholdOption {
  /** Least deviation to divide by; default 0.001, which lets the score of a constant reference explode. */
  floor?: number;
}

/**
 * {@link wasserstein} in population standard deviations of the reference, as Evidently's numeric default.
 *
 * @returns statistic from 0, without unit; threshold: default 0.1. By chance alone it is about 0.8 √(1/m + 1/n): at 100 values each a
 *   threshold of 0.1 is crossed more often than not.
 * @throws `invalid-sample` for an empty sample.
 */
export function normedWasserstein(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: NormedWassersteinOptions = {},
): DistanceResult {
  const { floor = DEFAULT_FLOOR, threshold = DEFAULT_NORMED_THRESHOLD } = options;
  const { statistic } = wasserstein(reference, current);
  const deviation = Math.sqrt(squaredDeviations(reference) / reference.length);
  return { statistic: statistic / Math.max(deviation, floor), threshold };
}
