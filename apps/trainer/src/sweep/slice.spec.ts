import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSlice, trialsOf } from './slice.ts';

describe('slices', () => {
  it('hold every trial exactly once between them, and differ in size by one at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 40 }), (trials, count) => {
        const slices = Array.from({ length: count }, (_, index) => trialsOf(trials, { index, count }));
        expect(slices.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: trials }, (_, i) => i));
        const sizes = slices.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are written i/n, i from 0', () => {
    expect(parseSlice('0/1')).toEqual({ index: 0, count: 1 });
    expect(parseSlice('7/12')).toEqual({ index: 7, count: 12 });
  });

  it.each(['', '1', '2/2', '-1/3', '1/0', 'a/b', '0.5/2'])('are not "%s"', (text) => {
    expect(() => parseSlice(text)).toThrow('expected i/n with i from 0 to n − 1');
  });
});
