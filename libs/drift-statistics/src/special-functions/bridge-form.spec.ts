import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { bridgeFormSurvival, type BridgeForm } from './bridge-form.ts';
import { chiSquareSurvival } from './chi-square.ts';

/** Anderson–Darling's weights over bins of equal shares. */
function andersonDarlingForm(bins: number): BridgeForm {
  const weight = (k: number) => 1 / bins / ((k / bins) * (1 - k / bins));
  return {
    gaps: new Array<number>(bins).fill(1 / bins),
    weights: Array.from({ length: bins - 1 }, (_, k) => weight(k + 1)),
  };
}

describe('bridgeFormSurvival', () => {
  it.each([
    [1.933, 0.1],
    [2.492, 0.05],
    [3.07, 0.025],
    [3.857, 0.01],
  ])(
    'comes to Anderson and Darling’s table (1954) with many bins: P(A² ≥ %p) = %p within a tenth',
    (x, p) => {
      expect(Math.abs(bridgeFormSurvival(andersonDarlingForm(400), x) / p - 1)).toBeLessThan(0.1);
    },
  );

  // Imhof's integral over the eigenvalues, by scipy.integrate.quad.
  it.each([
    [3, 0.3, 0.60675],
    [3, 1.933, 0.0644035],
    [5, 3.857, 0.00814887],
    [20, 0.3, 0.896541],
    [20, 6, 0.00091651],
    [20, 10, 1.31087e-5],
  ])('with %p bins: P(A² ≥ %p) = %p within a tenth', (bins, x, p) => {
    expect(Math.abs(bridgeFormSurvival(andersonDarlingForm(bins), x) / p - 1)).toBeLessThan(0.1);
  });

  it('with one weight is χ² of one degree of freedom, within a sixth', () => {
    // Weight 2 times the variance 0.21 of the bridge at 0.3.
    for (const x of [0.01, 0.4, 0.42, 1, 5, 20, 60]) {
      const p = bridgeFormSurvival({ gaps: [0.3, 0.7], weights: [2] }, x);
      expect(Math.abs(p / chiSquareSurvival(x / 0.42, 1) - 1)).toBeLessThan(1 / 6);
    }
  });

  it('falls from 1 to 0, without a step at its mean, whatever the bins and weights', () => {
    const positive = fc.double({ min: 1e-4, max: 1, noNaN: true });
    const pairs = fc.array(fc.tuple(positive, positive), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(pairs, (list) => {
        const sum = list.reduce((all, [gap]) => all + gap, 0);
        const gaps = list.map(([gap]) => gap / sum);
        const weights = list.slice(1).map(([, weight]) => weight);
        let time = 0;
        const mean = weights.reduce((all, weight, k) => {
          time += gaps[k]!;
          return all + weight * time * (1 - time);
        }, 0);
        let before = 1;
        for (const x of [0, 1e-6, 0.1, 0.5, 0.99, 1, 1 + 1e-9, 1.01, 2, 5, 20, 100, 1e5]) {
          const p = bridgeFormSurvival({ gaps, weights }, x * mean);
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(before + 1e-6);
          before = p;
        }
        expect(before).toBeLessThan(1e-100);
      }),
    );
  });
});
