import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReportHistogram } from '@assay/schema';
import { displayBins, medianOf, type DisplayBins } from './display-bins.ts';

type Numeric = Extract<ReportHistogram, { kind: 'numeric' }>;

const histogram = (edges: number[], reference: number[], current: number[]): Numeric => ({
  ...{ kind: 'numeric', edges, reference, current },
});
const sum = ({ bins, below, above }: DisplayBins, side: 'reference' | 'current') =>
  [...bins, ...(below ? [below] : []), ...(above ? [above] : [])].reduce((all, bin) => all + bin[side], 0);

describe('displayBins', () => {
  it('spreads the values of a bin evenly over bars of equal width', () => {
    // 10 values in [0, 1), 30 in [1, 4): four bars of one unit hold 10, 10, 10 and 10.
    const { bins, below, above } = displayBins(histogram([0, 1, 4], [0, 10, 30, 0], [0, 0, 5, 0]), 4)!;
    expect(bins.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
    bins.forEach(({ reference }) => expect(reference).toBeCloseTo(0.25, 12));
    [0, 1 / 3, 1 / 3, 1 / 3].forEach((share, i) => expect(bins[i]!.current).toBeCloseTo(share, 12));
    expect([below, above]).toEqual([undefined, undefined]);
  });

  it('gathers what lies beyond the outer edges, or far beyond the reference, at the ends', () => {
    const { bins, below, above } = displayBins(
      // The reference lies within 0 to 2; the window has one in ten below, and one in ten at 64 to 128.
      histogram([0, 1, 2, 64, 128], [0, 50, 50, 0, 0, 0], [10, 40, 40, 0, 10, 0]),
      4,
    )!;
    expect([bins[0]!.from, bins.at(-1)!.to]).toEqual([0, 2]);
    expect(below).toEqual({ edge: 0, reference: 0, current: 0.1 });
    expect(above!.edge).toBe(2);
    expect(above!.current).toBeCloseTo(0.1, 12);
  });

  it('always shows the bulk of a window, however far it moved', () => {
    const drawn = displayBins(histogram([0, 1, 2, 64, 128], [0, 5, 5, 0, 0, 0], [0, 0, 0, 0, 10, 0]), 8)!;
    expect([drawn.bins[0]!.from, drawn.bins.at(-1)!.to]).toEqual([0, 128]);
    expect([drawn.below, drawn.above]).toEqual([undefined, undefined]);
    // 0 to 16 holds the reference, 64 to 128 the window.
    expect(drawn.bins.map(({ reference }) => reference)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(drawn.bins.slice(4).map(({ current }) => current)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('draws a side alone where the other has no values', () => {
    const { bins } = displayBins(histogram([0, 1, 2], [0, 1, 1, 0], [0, 0, 0, 0]), 2)!;
    expect(bins.map(({ reference, current }) => [reference, current])).toEqual([
      [0.5, 0],
      [0.5, 0],
    ]);
  });

  it('has ends alone where there is one edge', () => {
    const drawn = displayBins(histogram([5], [1, 3], [4, 0]))!;
    expect(drawn).toEqual({
      bins: [],
      below: { edge: 5, reference: 0.25, current: 1 },
      above: { edge: 5, reference: 0.75, current: 0 },
    });
  });

  it.each([
    ['nothing was counted', histogram([0, 1], [0, 0, 0], [0, 0, 0])],
    ['there is no edge', histogram([], [3], [4])],
    ['edges do not ascend', histogram([1, 1], [1, 1, 1], [1, 1, 1])],
    ['counts do not fit the edges', histogram([0, 1], [1, 1], [1, 1, 1])],
    ['edges are too far apart for a number', histogram([-1.7e308, 1.7e308], [1, 1, 1], [1, 1, 1])],
  ])('draws nothing where %s', (_, drawn) => expect(displayBins(drawn)).toBeUndefined());

  it('keeps all shares of both sides, whatever the bins', () => {
    const shape = fc
      .uniqueArray(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 20 })
      .chain((edges) => {
        const counts = fc.array(fc.nat(1000), { minLength: edges.length + 1, maxLength: edges.length + 1 });
        return fc.tuple(fc.constant(edges.sort((a, b) => a - b)), counts, counts);
      });
    fc.assert(
      fc.property(shape, ([edges, reference, current]) => {
        const drawn = displayBins(histogram(edges, reference, current));
        const filled = (counts: number[]) => (counts.some((count) => count > 0) ? 1 : 0);
        if (drawn === undefined) expect(filled(reference) + filled(current)).toBe(0);
        else {
          expect(sum(drawn, 'reference')).toBeCloseTo(filled(reference), 9);
          expect(sum(drawn, 'current')).toBeCloseTo(filled(current), 9);
        }
      }),
    );
  });
});

describe('medianOf', () => {
  const drawn = displayBins(histogram([0, 1, 2, 3], [0, 25, 50, 25, 0], [60, 20, 20, 0, 0]), 3)!;

  it('lies where half of the values do', () => {
    expect(medianOf(drawn, 'reference')).toBeCloseTo(1.5, 12);
  });

  it('is unknown where it lies beyond the axis', () => {
    expect(medianOf(drawn, 'current')).toBeUndefined();
  });
});
