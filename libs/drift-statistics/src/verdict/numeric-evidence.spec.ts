import { seededRandom } from '@assay/random';
import { describe, expect, it } from '@jest/globals';
import { frozenEdges } from '../profiles/frozen-edges.ts';
import { binOf } from '../profiles/profile-records.ts';
import { numericProfile } from '../spec-support/world.ts';
import { numericEffect, numericPValue } from './numeric-evidence.ts';

describe('numericPValue', () => {
  const random = seededRandom('numeric p-value');
  /** p-values of samples of one distribution, in the bins that a package would make of the first. */
  const pValues = (m: number, n: number, draw: () => number) =>
    Array.from({ length: 400 }, () => {
      const sample = (size: number) => Float64Array.from({ length: size }, draw);
      const values = sample(m).sort();
      const profile = numericProfile(values);
      const { edges } = frozenEdges(profile);
      const count = (list: Float64Array) => {
        const counts = new Float64Array(edges.length + 1);
        for (const value of list) counts[binOf(value, edges)]! += 1;
        return counts;
      };
      return numericPValue({ reference: count(values), current: count(sample(n)) });
    });
  const draws = {
    normal: () => random.normal(),
    'heavy-tailed': () => random.normal() / Math.sqrt(1 - random.uniform()),
    'mostly zero': () => (random.chance(0.8) ? 0 : random.uniform()),
    whole: () => random.integer(4),
  };

  it.each(
    Object.entries(draws).flatMap(([name, draw]) =>
      [
        [60, 60],
        [25, 500],
        [400, 20],
      ].map(([m, n]) => [name, m!, n!, draw] as const),
    ),
  )('is at most 0.05 for at most 8 %% of %s samples of %p and %p', (_name, m, n, draw) => {
    const found = pValues(m, n, draw).filter((p) => p <= 0.05);
    expect(found.length).toBeLessThanOrEqual(32);
  });

  it('sees values beyond a reference that was constant, though they are few: 4 of 30', () => {
    // Fisher: C(30, 4) / C(230, 4), times 20 for a tail.
    const chance = (30 * 29 * 28 * 27) / (230 * 229 * 228 * 227);
    const pair = { reference: [0, 200, 0], current: [0, 26, 4] };
    expect(numericPValue(pair) / (20 * chance)).toBeCloseTo(1, 9);
  });

  it('sees values gather where the reference was rare, on either side', () => {
    expect(numericPValue({ reference: [1, 183], current: [20, 0] })).toBeLessThan(1e-15);
    expect(numericPValue({ reference: [183, 1], current: [0, 20] })).toBeLessThan(1e-15);
  });

  it('sees a change of spread that leaves the middle where it was', () => {
    const reference = [100, 100, 100, 100, 100, 100];
    expect(numericPValue({ reference, current: [60, 20, 20, 20, 20, 60] })).toBeLessThan(0.001);
  });

  it('is 1 where there is nothing to compare', () => {
    for (const [reference, current] of [
      [[], []],
      [[0], [0]],
      [[5], [0]],
      [[5], [7]],
      [
        [0, 5, 0],
        [0, 1, 0],
      ],
    ] as const)
      expect(numericPValue({ reference, current })).toBe(1);
  });
});

describe('numericEffect', () => {
  it('is the area between two straight lines through the edges, by hand', () => {
    // F: 0, 0.5, 1 at the edges 0, 1, 2; G: 0, 1, 1. Two triangles of 0.25.
    const pair = { edges: [0, 1, 2], reference: [0, 1, 1, 0], current: [0, 2, 0, 0], deviation: 0.5 };
    expect(numericEffect(pair)).toBeCloseTo(1, 12);
  });

  it('counts both triangles where the lines cross', () => {
    // F − G: −0.5 at 0, +0.5 at 1: two triangles of 0.125.
    const pair = { edges: [0, 1], reference: [0, 2, 0], current: [1, 0, 1], deviation: 1 };
    expect(numericEffect(pair)).toBeCloseTo(0.25, 12);
  });
});
