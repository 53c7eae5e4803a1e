import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shapleyValues, type RowFunction } from './shapley.ts';

const rowwise =
  (f: (row: Float32Array) => number): RowFunction =>
  async ({ shape: [rows, size], data }) =>
    Float64Array.from({ length: rows }, (_, row) => f(data.subarray(row * size, (row + 1) * size)));
const zeros = (size: number) => new Float32Array(size);
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('Shapley values', () => {
  it('agree with a value worked out by hand', async () => {
    // f = x0 + 2 x1 x2 at (1, 1, 3): x0 adds 1, the product's 6 is shared by the two that make it.
    const f = rowwise(([a, b, c]) => a! + 2 * b! * c!);
    const { contributions, baseline, value, exact } = await shapleyValues(f, {
      point: Float32Array.of(1, 1, 3),
      reference: zeros(3),
    });
    expect([...contributions].map((one) => Number(one.toFixed(12)))).toEqual([1, 3, 3]);
    expect([baseline, value, exact]).toEqual([0, 7, true]);
  });

  it('are weight times difference for a linear function, exact or sampled', async () => {
    const point = Float32Array.from({ length: 20 }, (_, i) => i / 4);
    const reference = Float32Array.from({ length: 20 }, () => 1);
    const f = rowwise((row) => row.reduce((total, value, i) => total + (i - 7) * value, 3));
    const { contributions, exact } = await shapleyValues(f, { point, reference });
    expect(exact).toBe(false);
    contributions.forEach((one, i) => expect(one).toBeCloseTo((i - 7) * (i / 4 - 1), 8));
  });

  it('sum to the difference from the reference for any function, exact or sampled', async () => {
    const values = fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 });
    const f = rowwise((row) => row.reduce((product, value, i) => product * Math.cos(value + i), 1));
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(0, 12), async (row, exactFeatures) => {
        const options = { exactFeatures, pairs: 3 };
        const { baseline, value, contributions } = await shapleyValues(
          f,
          { point: Float32Array.from(row), reference: zeros(row.length) },
          options,
        );
        expect(sum([baseline, ...contributions])).toBeCloseTo(value, 10);
      }),
    );
  });

  it('come close to the exact ones when sampled, and repeat for a seed', async () => {
    const point = Float32Array.from({ length: 8 }, (_, i) => Math.sin(i + 1));
    const f = rowwise(
      (row) => Math.tanh(row.reduce((total, value, i) => total + value * (i % 3), 0)) + row[0]! * row[7]!,
    );
    const question = { point, reference: zeros(8) };
    const exact = await shapleyValues(f, question);
    const sampled = await shapleyValues(f, question, { exactFeatures: 0, pairs: 400 });
    exact.contributions.forEach((one, i) => expect(sampled.contributions[i]).toBeCloseTo(one, 1));
    expect(await shapleyValues(f, question, { exactFeatures: 0, pairs: 400 })).toEqual(sampled);
    expect(await shapleyValues(f, question, { exactFeatures: 0, pairs: 400, seed: 2 })).not.toEqual(sampled);
  });

  it('give a feature that is at its reference nothing', async () => {
    const f = rowwise(([a, b]) => Math.exp(a! * b!));
    const { contributions } = await shapleyValues(f, { point: Float32Array.of(2, 0), reference: zeros(2) });
    expect([...contributions]).toEqual([0, 0]);
  });
});
