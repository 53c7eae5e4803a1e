import { describe, expect, it } from '@jest/globals';
import { benjaminiHochberg, bonferroni, holm } from '../index.ts';

const close = (actual: number[], expected: number[]) =>
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));

describe('corrections of a family, as R’s p.adjust', () => {
  const p = [0.01, 0.04, 0.03, 0.005];

  it('bonferroni', () => close(bonferroni(p).adjusted, [0.04, 0.16, 0.12, 0.02]));
  it('holm', () => close(holm(p).adjusted, [0.03, 0.06, 0.06, 0.02]));
  it('benjaminiHochberg', () => close(benjaminiHochberg(p).adjusted, [0.02, 0.04, 0.04, 0.02]));

  it('rejects what is at most the level', () => {
    expect(holm(p, 0.03).rejected).toEqual([true, false, false, true]);
    expect(benjaminiHochberg(p, 0.04).rejected).toEqual([true, true, true, true]);
  });

  it.each([bonferroni, holm, benjaminiHochberg])(
    '%p keeps NaN, which still counts as a member',
    (correct) => {
      const { adjusted, rejected } = correct([0.02, NaN]);
      expect(adjusted[0]).toBeCloseTo(0.04, 12);
      expect(adjusted[1]).toBeNaN();
      expect(rejected).toEqual([true, false]);
    },
  );

  it('lets heavier tests claim more of the level', () => {
    // By p / w: 0.01 × 4 / 1, then 0.04 × 3 / 2, then 0.03 × 1 / 1, which may not fall.
    const { adjusted, rejected } = holm([0.01, 0.04, 0.03], 0.05, [1, 2, 1]);
    [0.04, 0.06, 0.06].forEach((expected, i) => expect(adjusted[i]).toBeCloseTo(expected, 12));
    expect(rejected).toEqual([true, false, false]);
  });

  it.each([bonferroni, holm, benjaminiHochberg])('%p of nothing is nothing', (correct) => {
    expect(correct([])).toEqual({ adjusted: [], rejected: [] });
  });
});
