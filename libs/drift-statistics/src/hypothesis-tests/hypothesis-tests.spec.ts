import { seededRandom } from '@assay/random';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import {
  andersonDarlingSamples,
  chiSquareContingency,
  classifierTest,
  fisherExact,
  maximumMeanDiscrepancy,
  kolmogorovSmirnov,
  mannWhitney,
  zProportions,
} from '../index.ts';

/** Rows `[count, 3]` of normal numbers: mean `shift` and deviation `spread` in the first column, 0 and 1 in the others. */
function cloud(seed: string, count: number, { shift = 0, spread = 1 } = {}): number[][] {
  const random = seededRandom('cloud', seed);
  return Array.from({ length: count }, () => [
    shift + spread * random.normal(),
    random.normal(),
    random.normal(),
  ]);
}

describe('kolmogorovSmirnov', () => {
  it('keeps the digits of a p-value far in the tail: disjoint samples of 200 and 150 have 2 / C(350, 150)', () => {
    const low = Array.from({ length: 200 }, (_, i) => i);
    const high = Array.from({ length: 150 }, (_, i) => 1000 + i);
    let logarithm = Math.log(2);
    for (let i = 1; i <= 150; i++) logarithm -= Math.log((200 + i) / i);
    const { pValue } = kolmogorovSmirnov(low, high);
    expect(Math.log(pValue)).toBeCloseTo(logarithm, 9);
  });

  it('has p-values of every order of four and three values that sum up: exact is a distribution', () => {
    // All 35 orders of 4 + 3 distinct values: P(p ≤ x) ≤ x, and equal at the values that occur.
    const found: number[] = [];
    for (let mask = 0; mask < 128; mask++) {
      const a = [0, 1, 2, 3, 4, 5, 6].filter((bit) => (mask >> bit) & 1);
      if (a.length !== 4) continue;
      const b = [0, 1, 2, 3, 4, 5, 6].filter((bit) => !((mask >> bit) & 1));
      found.push(kolmogorovSmirnov(a, b).pValue);
    }
    expect(found).toHaveLength(35);
    for (const p of found) expect(found.filter((other) => other <= p + 1e-12).length / 35).toBeCloseTo(p, 12);
  });

  it('does not depend on units, and is symmetric', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const { statistic, pValue } = kolmogorovSmirnov(a, b);
        expect(kolmogorovSmirnov(b, a).pValue).toBeCloseTo(pValue, 12);
        expect(
          kolmogorovSmirnov(
            a.map((x) => x ** 3),
            b.map((x) => x ** 3),
          ),
        ).toMatchObject({ statistic, pValue });
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('mannWhitney', () => {
  it('has exact p-values of both methods that agree where both apply', () => {
    const random = seededRandom('mann-whitney');
    const a = Array.from({ length: 60 }, () => random.normal());
    const b = Array.from({ length: 70 }, () => random.normal() + 0.3);
    const exact = mannWhitney(a, b, { method: 'exact' }).pValue;
    const normal = mannWhitney(a, b, { method: 'asymptotic' }).pValue;
    expect(Math.abs(exact / normal - 1)).toBeLessThan(0.02);
  });
});

describe('fisherExact', () => {
  it('is quick and exact in a table of millions: agrees with χ² to a percent', () => {
    const exact = fisherExact([500_000, 1_500_000], [501_000, 1_499_000]).pValue;
    const approximate = chiSquareContingency([500_000, 1_500_000], [501_000, 1_499_000]).pValue;
    expect(Math.abs(exact / approximate - 1)).toBeLessThan(0.01);
  });

  it('refuses what is no count', () => {
    expect(() => fisherExact([1.5, 2], [3, 4])).toThrow('Expected four whole numbers from 0');
  });
});

describe('zProportions', () => {
  it('does not underflow where 1 − Φ(|z|) does', () => {
    const { pValue } = zProportions({ successes: 600, trials: 1000 }, { successes: 150, trials: 1000 });
    expect(pValue).toBeGreaterThan(0);
    expect(pValue).toBeLessThan(1e-90);
  });

  it('refuses more successes than trials', () => {
    expect(() => zProportions({ successes: 6, trials: 5 }, { successes: 1, trials: 5 })).toThrow('got 6');
  });
});

describe('andersonDarlingSamples', () => {
  it('has the numbers of scipy for the four laboratories of Scholz & Stephens’s example', () => {
    const samples = [
      [38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0],
      [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8],
      [34.0, 35.0, 39.0, 40.0, 43.0, 43.0, 44.0, 45.0],
      [34.0, 34.8, 34.8, 35.4, 37.2, 37.8, 41.2, 42.8],
    ];
    const { statistic, pValue } = andersonDarlingSamples(samples);
    expect(statistic).toBeCloseTo(4.479780627135335, 10);
    expect(pValue).toBeCloseTo(0.002225442310933593, 10);
  });
});

describe('maximumMeanDiscrepancy', () => {
  const options = { permutations: 199, seed: 1 };

  it('is the unbiased estimate, by hand', () => {
    // k = exp(−d² / 2): within 1 each (equal points), across exp(−2)
    const { statistic } = maximumMeanDiscrepancy([[0], [0]], [[2], [2]], { bandwidth: 1, permutations: 9 });
    expect(statistic).toBeCloseTo(2 - 2 * Math.exp(-2), 12);
  });

  it('sees a shift and a change of spread, and nothing where there is nothing', () => {
    const reference = cloud('reference', 60);
    expect(maximumMeanDiscrepancy(reference, cloud('a', 50, { shift: 1.5 }), options).pValue).toBe(1 / 200);
    expect(maximumMeanDiscrepancy(reference, cloud('b', 90, { spread: 4 }), options).pValue).toBeLessThan(
      0.02,
    );
    expect(maximumMeanDiscrepancy(reference, cloud('c', 50), options).pValue).toBeGreaterThan(0.05);
  });

  it('repeats itself for a seed', () => {
    const [a, b] = [cloud('a', 20), cloud('b', 20)];
    expect(maximumMeanDiscrepancy(a, b, options)).toEqual(maximumMeanDiscrepancy(a, b, options));
  });

  it('has p = 1 for points in one place', () => {
    const one = [[1], [1], [1]];
    expect(maximumMeanDiscrepancy(one, one, options)).toMatchObject({ statistic: 0, pValue: 1 });
  });

  it.each([
    ['a single row', [[1]], [[1], [2]], 'Expected 2 rows or more'],
    ['uneven rows', [[1], [2, 3]], [[1], [2]], 'Expected rows of 1 numbers'],
    ['NaN', [[1], [NaN]], [[1], [2]], 'Expected finite numbers; got NaN'],
  ])('refuses %s', (_name, a, b, message) => {
    expect(() => maximumMeanDiscrepancy(a, b)).toThrow(message);
  });
});

describe('classifierTest', () => {
  it('tells samples apart by place and by spread, at unequal sizes', () => {
    const reference = cloud('reference', 400);
    const shifted = classifierTest(reference, cloud('a', 150, { shift: 1 }));
    expect(shifted.statistic).toBeGreaterThan(0.7);
    expect(shifted.pValue).toBeLessThan(1e-4);
    expect(classifierTest(reference, cloud('b', 150, { spread: 3 })).pValue).toBeLessThan(1e-3);
  });

  it('alarms in about one of twenty cases where nothing differs: 0 to 9 of 60 at 0.05', () => {
    const alarms = Array.from(
      { length: 60 },
      (_, i) => classifierTest(cloud(`r${i}`, 40), cloud(`c${i}`, 60), { seed: i }).pValue <= 0.05,
    );
    expect(alarms.filter(Boolean).length).toBeLessThan(10);
  });

  it('finds nothing in columns that are constant', () => {
    const one = Array.from({ length: 10 }, () => [3, 3]);
    expect(classifierTest(one, one)).toMatchObject({ statistic: 0.5, pValue: 1 });
  });
});
