import { poolSorted } from '../pooled-sample.ts';
import { sortSample } from '../sorted-sample.ts';
import { invalidSample, type DistanceResult, type ThresholdOption } from '../statistic.ts';

const DEFAULT_THRESHOLD = 0.1;

/**
 * Energy distance of two samples of numbers: √(2 ∫ (F − G)² dx) = √(2 E|X−Y| − E|X−X'| − E|Y−Y'|) (Székely & Rizzo 2013).
 *
 * @returns statistic from 0, in square roots of the values' unit; NaN with NaN, Infinity where only one sample holds ±∞; threshold: default
 *   0.1, for standardised values.
 * @throws `invalid-sample` for an empty sample.
 */
export function energyDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: ThresholdOption = {},
): DistanceResult {
  const threshold = options.threshold ?? DEFAULT_THRESHOLD;
  const [m, n] = [reference.length, current.length];
  if (m === 0 || n === 0)
    throw invalidSample(
      `Expected values in both samples; got ${m} and ${n}: there is no distance to an empty one.`,
    );
  const [a, b] = [sortSample(reference), sortSample(current)];
  if (a.hasNaN || b.hasNaN) return { statistic: NaN, threshold };
  const pool = poolSorted(a.values, b.values);
  let area = 0;
  let f = 0;
  let g = 0;
  for (let i = 0; i + 1 < pool.values.length; i++) {
    f += pool.reference[i]!;
    g += pool.current[i]!;
    const height = (f * n - g * m) / (m * n);
    if (height !== 0) area += height * height * (pool.values[i + 1]! - pool.values[i]!);
  }
  return { statistic: Math.sqrt(2 * area), threshold };
}
