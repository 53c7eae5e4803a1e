import { seededRandom } from '@assay/random';
import { describe, expect, it } from '@jest/globals';
import { normalSurvival } from '../special-functions/normal.ts';
import { upperGamma } from '../special-functions/incomplete-gamma.ts';
import { permutationTail } from './permutation-tail.ts';

const draws = (count: number, of: (random: ReturnType<typeof seededRandom>) => number) => {
  const random = seededRandom('permutation-tail');
  return Float64Array.from({ length: count }, () => of(random));
};

describe('permutationTail', () => {
  it('is the share of the permuted values where enough of them lie beyond', () => {
    expect(
      permutationTail(
        79.5,
        Float64Array.from({ length: 99 }, (_, i) => i),
      ),
    ).toBe(20 / 100);
  });

  it('follows the normal tail beyond what permutations reach', () => {
    const permuted = draws(20_000, (random) => random.normal());
    const [is, should] = [permutationTail(5, permuted), normalSurvival(5)];
    // To a factor of three, two orders of magnitude beyond the smallest share.
    expect(Math.abs(Math.log(is / should))).toBeLessThan(Math.log(3));
  });

  it('follows the longer tail of a skewed distribution', () => {
    // The sum of three exponentials is a gamma variable of shape 3: a Pearson type III distribution itself.
    const permuted = draws(
      20_000,
      (random) => -Math.log(random.uniform() * random.uniform() * random.uniform() + 1e-300),
    );
    const [is, should] = [permutationTail(20, permuted), upperGamma(3, 20)];
    expect(Math.abs(Math.log(is / should))).toBeLessThan(Math.log(3));
    expect(is).toBeGreaterThan(normalSurvival((20 - 3) / Math.sqrt(3)));
  });

  it('has an answer where all permuted values are the same', () => {
    expect(permutationTail(1, new Float64Array(99).fill(1))).toBe(1);
    expect(permutationTail(0.5, new Float64Array(99).fill(1))).toBe(1);
    expect(permutationTail(2, new Float64Array(99).fill(1))).toBe(1 / 100);
  });
});
