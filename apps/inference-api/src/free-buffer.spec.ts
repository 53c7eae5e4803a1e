import { describe, expect, it } from '@jest/globals';
import { freeBuffer } from './free-buffer.ts';

describe('freeBuffer', () => {
  it('empties an array that owns its memory, once and again', () => {
    const array = new Uint8Array(1000);
    freeBuffer(array);
    freeBuffer(array);
    expect(array.length).toBe(0);
    expect(array.buffer.detached).toBe(true);
  });

  it('leaves alone what shares its memory with others', () => {
    const whole = new Uint8Array(10);
    const part = whole.subarray(2, 5);
    freeBuffer(part);
    expect([whole.length, part.length]).toEqual([10, 3]);
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    freeBuffer(shared);
    expect(shared.length).toBe(4);
  });
});
