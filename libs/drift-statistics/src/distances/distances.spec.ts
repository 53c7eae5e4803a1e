import { AssayError } from '@assay/schema';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import {
  cramersV,
  hellinger,
  jensenShannon,
  kullbackLeibler,
  lInfinity,
  normedWasserstein,
  populationStabilityIndex,
  totalVariation,
  wasserstein,
} from '../index.ts';

const half = [50, 50];
const skewed = [30, 10]; // shares 0.75, 0.25

describe('distances of counts, by hand', () => {
  it.each([
    // 0.25 ln 1.5 + (−0.25) ln 0.5, both signs turned
    ['populationStabilityIndex', populationStabilityIndex, 0.25 * Math.log(3)],
    ['kullbackLeibler', kullbackLeibler, 0.5 * Math.log(0.5 / 0.75) + 0.5 * Math.log(2)],
    ['hellinger', hellinger, Math.sqrt(1 - Math.sqrt(0.375) - Math.sqrt(0.125))],
    ['totalVariation', totalVariation, 0.25],
    ['lInfinity', lInfinity, 0.25],
    // scipy.spatial.distance.jensenshannon([0.5, 0.5], [0.75, 0.25])
    ['jensenShannon', jensenShannon, 0.18390779094047432],
  ] as const)('%s', (_name, distance, expected) => {
    expect(distance(half, skewed).statistic).toBeCloseTo(expected, 12);
    expect(distance(half, skewed).threshold).toBe(0.1);
    expect(distance(half, skewed, { threshold: 0.3 }).threshold).toBe(0.3);
  });

  it('puts 0.0001 under empty bins of PSI and KL, or Infinity where told to', () => {
    const psi = populationStabilityIndex([1, 1, 0], [1, 0, 1]).statistic;
    // twice (0.5 − 0.0001) ln 5000
    expect(psi).toBeCloseTo(2 * 0.4999 * Math.log(5000), 10);
    expect(kullbackLeibler([1, 1], [1, 0], { floor: 0 }).statistic).toBe(Infinity);
  });
});

describe('cramersV', () => {
  it('is √(χ² / n) of the table without the correction: 0.2582 by hand', () => {
    // 2 × 2 table 50, 50 / 30, 10: χ² = 140 (50 · 10 − 50 · 30)² / (100 · 40 · 80 · 60) = 7.2917
    const { statistic } = cramersV(half, skewed, { biasCorrected: false });
    expect(statistic).toBeCloseTo(Math.sqrt(7.291666666666667 / 140), 12);
  });

  it('takes away what chance adds', () => {
    // φ² = 7.2917 / 140 − 1 / 139, rows and columns 2 − 1 / 139
    const expected = Math.sqrt((7.291666666666667 / 140 - 1 / 139) / (1 - 1 / 139));
    expect(cramersV(half, skewed).statistic).toBeCloseTo(expected, 12);
    expect(cramersV([10, 11], [11, 10]).statistic).toBe(0);
  });
});

describe('laws', () => {
  const counts = fc
    .array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 })
    .filter((list) => list.some((n) => n > 0));
  const symmetric = { hellinger, jensenShannon, totalVariation, lInfinity, populationStabilityIndex };

  it.each(Object.entries(symmetric))(
    '%s is symmetric, 0 for equal shares and never negative',
    (_name, distance) => {
      fc.assert(
        fc.property(counts, counts, fc.integer({ min: 1, max: 9 }), (a, b, factor) => {
          const there = distance(a, b).statistic;
          expect(there).toBeGreaterThanOrEqual(0);
          expect(distance(b, a).statistic).toBeCloseTo(there, 10);
          expect(
            distance(
              a,
              a.map((n) => n * factor),
            ).statistic,
          ).toBeCloseTo(0, 7);
        }),
      );
    },
  );

  it('a metric lets no detour be shorter', () => {
    fc.assert(
      fc.property(counts, counts, counts, (a, b, c) => {
        for (const metric of [hellinger, jensenShannon, totalVariation, lInfinity])
          expect(metric(a, c).statistic).toBeLessThanOrEqual(
            metric(a, b).statistic + metric(b, c).statistic + 1e-9,
          );
      }),
    );
  });

  it('Wasserstein moves with the values and scales with the unit', () => {
    const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, values, fc.integer({ min: -50, max: 50 }), (a, b, by) => {
        expect(
          wasserstein(
            a,
            a.map((x) => x + by),
          ).statistic,
        ).toBeCloseTo(Math.abs(by), 9);
        const doubled = wasserstein(
          a.map((x) => 2 * x),
          b.map((x) => 2 * x),
        ).statistic;
        expect(doubled).toBeCloseTo(2 * wasserstein(a, b).statistic, 9);
      }),
    );
  });
});

describe('samples that have no distance', () => {
  it.each([
    ['no counts', () => jensenShannon([0, 0], [1, 2])],
    ['different bins', () => populationStabilityIndex([1, 2], [1, 2, 3])],
    ['a negative count', () => hellinger([1, -1], [1, 2])],
    ['NaN', () => totalVariation([1, NaN], [1, 2])],
    ['an empty sample', () => normedWasserstein([], [1])],
  ])('%s is refused', (_name, run) => {
    expect(run).toThrow(AssayError);
  });
});
