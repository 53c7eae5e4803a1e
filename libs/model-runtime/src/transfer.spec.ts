import { describe, expect, it } from '@jest/globals';
import { transferable } from './transfer.ts';

const tensor = (data: Float32Array) => ({ type: 'float32', shape: [data.length], data }) as const;

describe('transferable', () => {
  it('hands a whole buffer over as it is', () => {
    const data = Float32Array.of(1, 2);
    const { sets, buffers } = transferable([{ a: tensor(data) }]);
    expect(sets[0]?.a?.data).toBe(data);
    expect(buffers).toEqual([data.buffer]);
  });

  it('copies a part of a buffer, a buffer met twice and shared memory', () => {
    const whole = Float32Array.of(1, 2, 3);
    const shared = new Float32Array(new SharedArrayBuffer(4));
    const { sets, buffers } = transferable([
      { part: tensor(whole.subarray(1)), shared: tensor(shared) },
      { whole: tensor(whole), again: tensor(whole) },
    ]);
    expect(sets[0]?.part?.data).toEqual(Float32Array.of(2, 3));
    expect(sets[1]?.whole?.data).toBe(whole);
    expect(sets[1]?.again?.data).toEqual(whole);
    expect(new Set(buffers).size).toBe(4);
    expect(buffers.every((buffer) => buffer instanceof ArrayBuffer)).toBe(true);
  });
});
