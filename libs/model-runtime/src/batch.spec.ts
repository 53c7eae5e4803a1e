import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchKey, concatenate, rowsOf, split } from './batch.ts';
import type { Tensor } from './tensor.ts';

const float = (shape: number[], values: number[]): Tensor => ({
  type: 'float32',
  shape,
  data: Float32Array.from(values),
});

describe('a batch', () => {
  it('stacks rows in order, feed by feed', () => {
    const joined = concatenate([
      { a: float([1, 2], [1, 2]), b: { type: 'int64', shape: [1], data: BigInt64Array.of(7n) } },
      { a: float([2, 2], [3, 4, 5, 6]), b: { type: 'int64', shape: [2], data: BigInt64Array.of(8n, 9n) } },
    ]);
    expect(joined).toEqual({
      a: float([3, 2], [1, 2, 3, 4, 5, 6]),
      b: { type: 'int64', shape: [3], data: BigInt64Array.of(7n, 8n, 9n) },
    });
  });

  it('comes apart into what was put in', () => {
    const rows = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 3 }), (counts, width) => {
        let value = 0;
        const requests = counts.map((n) => ({
          a: float(
            [n, width],
            Array.from({ length: n * width }, () => value++),
          ),
        }));
        expect(split(concatenate(requests), counts)).toEqual(requests);
      }),
    );
  });

  it('gives each piece a buffer of its own, so that it can be transferred alone', () => {
    const pieces = split({ a: float([2, 1], [1, 2]) }, [1, 1]);
    expect(pieces?.map((piece) => piece.a?.data.buffer.byteLength)).toEqual([4, 4]);
  });

  it('is not cut where an output lacks one row per row of input', () => {
    expect(split({ a: float([3, 1], [1, 2, 3]), loss: float([], [0]) }, [1, 2])).toBeUndefined();
  });

  it('joins requests only of the same feeds, types, tail sizes and outputs', () => {
    const key = batchKey({ a: float([1, 2], [0, 0]) }, undefined);
    expect(batchKey({ a: float([5, 2], Array(10).fill(0)) }, undefined)).toBe(key);
    expect(batchKey({ a: float([1, 3], [0, 0, 0]) }, undefined)).not.toBe(key);
    expect(batchKey({ b: float([1, 2], [0, 0]) }, undefined)).not.toBe(key);
    expect(batchKey({ a: float([1, 2], [0, 0]) }, ['x'])).not.toBe(key);
    expect(batchKey({ a: { type: 'int32', shape: [1, 2], data: new Int32Array(2) } }, undefined)).not.toBe(
      key,
    );
  });

  it('counts the rows of the first feed, and a scalar as one', () => {
    expect(rowsOf({ a: float([4, 1], [0, 0, 0, 0]) })).toBe(4);
    expect(rowsOf({ a: float([], [0]) })).toBe(1);
  });
});
