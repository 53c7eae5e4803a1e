import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { confusions, rowSums } from './confusions.ts';

describe('confusions', () => {
  it('are the mistakes, the most frequent first, with their share of the truth', () => {
    const matrix = [
      [8, 2, 0],
      [1, 3, 1],
      [0, 0, 0],
    ];
    expect(rowSums(matrix)).toEqual([10, 5, 0]);
    expect(confusions(matrix)).toEqual([
      { truth: 0, answer: 1, count: 2, share: 0.2 },
      { truth: 1, answer: 0, count: 1, share: 0.2 },
      { truth: 1, answer: 2, count: 1, share: 0.2 },
    ]);
  });

  it('and what is right add up to all inputs', () => {
    const matrices = fc
      .integer({ min: 1, max: 8 })
      .chain((n) => fc.array(fc.array(fc.nat(50), { minLength: n, maxLength: n }), { minLength: n, maxLength: n }));
    fc.assert(
      fc.property(matrices, (matrix) => {
        const wrong = confusions(matrix).reduce((sum, { count }) => sum + count, 0);
        const right = matrix.reduce((sum, row, at) => sum + row[at]!, 0);
        expect(wrong + right).toBe(rowSums(matrix).reduce((sum, one) => sum + one, 0));
      }),
    );
  });
});
