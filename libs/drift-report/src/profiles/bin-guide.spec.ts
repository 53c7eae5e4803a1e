import { binOf } from '@assay/drift-statistics';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binGuide, guidedBin } from './bin-guide.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('guidedBin', () => {
  it('finds the bin that halving finds, on edges, beside them and far from them', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(number, { maxLength: 60 }),
        number,
        number,
        fc.array(number),
        (unsorted, low, high, values) => {
          const edges = unsorted.toSorted((a, b) => a - b);
          const guide = binGuide(edges, [low, high]);
          const beside = edges.flatMap((edge) => [edge, edge * (1 + 1e-15), edge * (1 - 1e-15)]);
          for (const value of [...values, ...beside, low, high, -1e300, 1e300])
            expect(guidedBin(guide, value)).toBe(binOf(value, edges));
        },
      ),
    );
  });

  it('halves where most values are one', () => {
    const guide = binGuide([1, 2, 3], [2, 2]);
    expect([0, 1, 2, 2.5, 3].map((value) => guidedBin(guide, value))).toEqual([0, 1, 2, 2, 3]);
  });
});
