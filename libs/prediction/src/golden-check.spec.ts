import { describe, expect, it } from '@jest/globals';
import type { Golden } from '@assay/schema';
import { checkGolden, largestDifference } from './golden-check.ts';

const golden: Golden = {
  tolerance: { fp32: 0.01, int8: 0.5 },
  cases: [
    { name: 'one', input: { features: { a: 1 } }, logits: { fp32: [1, 2], int8: [1.2, 2] } },
    {
      name: 'two',
      input: { mediaType: 'image/png', base64: 'AQI=' },
      logits: { fp32: [3, 4], int8: [3, 4] },
    },
  ],
};
const check = (variant: 'fp32' | 'int8', answers: number[][]) => {
  const inputs: unknown[] = [];
  const logitsOf = async (input: unknown) => answers[inputs.push(input) - 1] ?? [];
  return { inputs, done: checkGolden(golden, { subject: 'pets@3', variant, logitsOf }) };
};

describe('checkGolden', () => {
  it('accepts logits within the tolerance of the variant, and passes inputs as they would arrive', async () => {
    const { inputs, done } = check('fp32', [
      [1.009, 2],
      [3, 3.991],
    ]);
    await done;
    expect(inputs).toEqual([{ features: { a: 1 } }, { bytes: Buffer.from([1, 2]) }]);
    await check('int8', [
      [1.6, 2],
      [3.4, 4],
    ]).done;
  });

  it('names every case that is off, and by how much', async () => {
    const { done } = check('fp32', [
      [1, 2.5],
      [3, NaN],
    ]);
    await expect(done).rejects.toMatchObject({
      code: 'invalid-package',
      extensions: {
        faults: [
          'golden input "one": off by 0.5 in a logit of fp32, at most 0.01 is allowed',
          'golden input "two": off by NaN in a logit of fp32, at most 0.01 is allowed',
        ],
      },
    });
  });
});

describe('largestDifference', () => {
  it('is the largest absolute difference', () => {
    expect(largestDifference([1, -2, 3], [1.5, -4, 3])).toBe(2);
    expect(largestDifference([], [])).toBe(0);
  });
  it('is not a number where lengths differ or a value is NaN, wherever it stands', () => {
    expect(largestDifference([1], [1, 2])).toBeNaN();
    expect(largestDifference([NaN, 1], [0, 1])).toBeNaN();
  });
});
