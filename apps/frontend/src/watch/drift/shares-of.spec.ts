import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sharesOf } from './shares-of.ts';

describe('histograms of two samples', () => {
  it('are compared by shares, with edges as people read them', () => {
    expect(sharesOf({ kind: 'numeric', edges: [10, 20], reference: [1, 2, 1], current: [0, 0, 8] })).toEqual({
      bins: ['< 10', '10 – 20', '≥ 20'],
      reference: [0.25, 0.5, 0.25],
      current: [0, 0, 1],
    });
  });

  it('lose the empty bins at both ends, not those between', () => {
    const { bins } = sharesOf({
      kind: 'numeric',
      edges: [1, 2, 3, 4],
      reference: [0, 1, 0, 1, 0],
      current: [0, 1, 0, 0, 0],
    });
    expect(bins).toEqual(['1 – 2', '2 – 3', '3 – 4']);
  });

  it('of names keep the names that were seen', () => {
    expect(
      sharesOf({
        kind: 'categorical',
        names: ['jpeg', 'gif', 'a_b', '…'],
        reference: [3, 0, 1, 0],
        current: [0, 0, 2, 0],
      }),
    ).toEqual({ bins: ['jpeg', 'a b'], reference: [0.75, 0.25], current: [0, 1] });
  });

  it('put neighbours together where there are too many, and lose no share by it', () => {
    const counts = (length: number) => fc.array(fc.nat(20), { minLength: length, maxLength: length });
    const samples = fc.integer({ min: 1, max: 120 }).chain((bins) => fc.tuple(counts(bins), counts(bins)));
    fc.assert(
      fc.property(samples, ([reference, current]) => {
        const edges = reference.slice(1).map((_, at) => at / 7);
        const shares = sharesOf({ kind: 'numeric', edges, reference, current });
        expect(shares.bins.length).toBeLessThanOrEqual(24);
        expect(new Set(shares.bins).size).toBe(shares.bins.length);
        for (const [part, whole] of [
          [shares.reference, reference],
          [shares.current, current],
        ] as const)
          expect(part.reduce((sum, one) => sum + one, 0)).toBeCloseTo(
            whole.some((one) => one > 0) ? 1 : 0,
            9,
          );
      }),
    );
  });
});
