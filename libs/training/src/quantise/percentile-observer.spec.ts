import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import { percentileObserver } from './percentile-observer.ts';

const random = seededRandom(5);
const normal = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());

describe('percentileObserver', () => {
  it('cuts half of the rest at each end, within 1/1000 of the width', () => {
    const values = normal(40_000);
    const observer = percentileObserver(99);
    for (let start = 0; start < values.length; start += 1000)
      observer.observe(values.subarray(start, start + 1000));
    const sorted = values.toSorted();
    const width = sorted.at(-1)! - sorted[0]!;
    const { low, high } = observer.range();
    expect(Math.abs(low - sorted[200]!)).toBeLessThan(width / 1000);
    expect(Math.abs(high - sorted[39_799]!)).toBeLessThan(width / 1000);
  });

  it('forgets an outlier that minMaxObserver keeps', () => {
    const values = normal(100_000);
    values[77] = 1000;
    const observer = percentileObserver(99.9);
    observer.observe(values);
    // a bin is at most 1000/2048 wide here, and the 99.95th percentile of the normal distribution is 3.29
    expect(observer.range().high).toBeGreaterThan(3.1);
    expect(observer.range().high).toBeLessThan(4);
  });

  it('gives the extremes for 100 percent, in whatever order and size the batches come', () => {
    const batches = [Float32Array.of(1e-6), Float32Array.of(-2e4, 3), new Float32Array(0), normal(500)];
    for (const order of [batches, batches.toReversed()]) {
      const observer = percentileObserver(100);
      for (const batch of order) observer.observe(batch);
      expect(observer.range()).toEqual({ low: -2e4, high: batches[3]!.reduce((a, b) => Math.max(a, b), 3) });
    }
  });

  it('is exact on constants', () => {
    for (const value of [0, 0.1, -7]) {
      const observer = percentileObserver(99);
      observer.observe(new Float32Array(10).fill(value));
      expect(observer.range()).toEqual({ low: Math.fround(value), high: Math.fround(value) });
    }
  });

  it('counts the same whether values come at once or widen the bins step by step', () => {
    const values = Float32Array.from(
      { length: 3000 },
      (_, index) => 1.01 ** (index % 1500) * (index % 2 ? 1 : -1),
    );
    const once = percentileObserver(95);
    once.observe(values);
    const stepwise = percentileObserver(95);
    for (const value of values) stepwise.observe(Float32Array.of(value));
    // both know each end to one bin, 1/2048 of the width or less
    const width = 2 * 1.01 ** 1499;
    expect(Math.abs(stepwise.range().low - once.range().low)).toBeLessThanOrEqual(width / 2048);
    expect(Math.abs(stepwise.range().high - once.range().high)).toBeLessThanOrEqual(width / 2048);
  });
});
