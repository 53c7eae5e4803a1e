import { seededRandom } from '@assay/random';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { binnedAndersonDarling } from './binned-anderson-darling.ts';
import { chiSquareContingency } from './chi-square-contingency.ts';

describe('binnedAndersonDarling', () => {
  it('is half of Pearson’s χ² with two bins, times (N − 1) / N', () => {
    const [a, b] = [
      [60, 40],
      [45, 55],
    ] as const;
    const pearson = chiSquareContingency(a, b, { correction: false }).statistic;
    expect(binnedAndersonDarling(a, b).statistic).toBeCloseTo(((pearson / 2) * 199) / 200, 12);
  });

  it('sums the squared differences at the edges, by hand', () => {
    // H 0.3 and 0.6; F − G 0.2 and −0.2; weights 0.3 / 0.21 and 0.35 / 0.24; 100 · 100 / 200 · 199 / 200 in front.
    const { statistic } = binnedAndersonDarling([40, 10, 50], [20, 50, 30]);
    expect(statistic).toBeCloseTo((0.04 * (0.3 / 0.21 + 0.35 / 0.24) * 50 * 199) / 200, 12);
  });

  it('does not see empty bins, nor which end is up, nor which sample comes first where they are of one size', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(counts, (list) => {
        const a = [...list, 201 - list.reduce((sum, count) => sum + count, 0)];
        const b = [a[3]!, a[0]!, a[5]!, a[1]!, a[2]!, a[4]!];
        const { statistic, pValue } = binnedAndersonDarling(a, b);
        const holes = (counts: number[]) => counts.flatMap((count) => [0, count]);
        for (const other of [
          binnedAndersonDarling(b, a),
          binnedAndersonDarling(a.toReversed(), b.toReversed()),
          binnedAndersonDarling(holes(a), holes(b)),
        ]) {
          expect(other.statistic).toBeCloseTo(statistic, 9);
          expect(other.pValue).toBeCloseTo(pValue, 6);
        }
      }),
    );
  });

  it('has p = 1 where all values are in one bin, and NaN where there are none', () => {
    expect(binnedAndersonDarling([0, 5], [0, 9])).toMatchObject({ statistic: 0, pValue: 1 });
    expect(binnedAndersonDarling([0, 0], [0, 9]).pValue).toBeNaN();
  });

  it.each([
    [60, 60],
    [30, 300],
    [300, 30],
  ])('alarms in about 5 %% of samples of %p and %p: 2 to 8 %% of 1,000', (m, n) => {
    const random = seededRandom('binned-anderson-darling', m, n);
    const edges = [0.1, 0.25, 0.45, 0.7, 0.85];
    const draw = (size: number) => {
      const counts = new Float64Array(6);
      for (let i = 0; i < size; i++) {
        const at = random.uniform();
        const bin = edges.findIndex((edge) => at < edge);
        counts[bin < 0 ? 5 : bin]! += 1;
      }
      return counts;
    };
    let alarms = 0;
    for (let i = 0; i < 1000; i++) alarms += Number(binnedAndersonDarling(draw(m), draw(n)).pValue <= 0.05);
    expect(alarms).toBeGreaterThan(20);
    expect(alarms).toBeLessThan(80);
  });
});
