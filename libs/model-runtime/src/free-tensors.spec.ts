import { describe, expect, it } from '@jest/globals';
import { freeTensors } from './free-tensors.ts';

const float = (data: Float32Array) => ({ type: 'float32' as const, shape: [data.length], data });

describe('freeTensors', () => {
  it('takes the memory from tensors that have a buffer to themselves', () => {
    const data = new Float32Array([1, 2, 3]);
    const { buffer } = data;
    freeTensors({ a: float(data) });
    expect(buffer.detached).toBe(true);
    expect(data).toHaveLength(0);
  });

  it('leaves alone what shares its buffer, and what has been handed to another thread', () => {
    const shared = new Float32Array([1, 2, 3, 4]);
    const sent = new Float32Array([5]);
    structuredClone(sent, { transfer: [sent.buffer] });
    freeTensors({ part: float(shared.subarray(1)), sent: float(sent) });
    expect([...shared]).toEqual([1, 2, 3, 4]);
  });
});
