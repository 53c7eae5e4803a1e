import { describe, expect, it } from '@jest/globals';
import { uuidV7 } from './uuid-v7.ts';

describe('uuidV7', () => {
  it('gives the example of RFC 9562, appendix A.6', () => {
    // rand_a = 0xCC3, rand_b = 0x18C4DC0C0C07398F; the bits under version and variant are overwritten.
    const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex');
    expect(uuidV7({ now: 0x017f22e279b0, random })).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('overwrites all of version and variant', () => {
    expect(uuidV7({ now: 0, random: new Uint8Array(10).fill(0xff) })).toBe(
      '00000000-0000-7fff-bfff-ffffffffffff',
    );
    expect(uuidV7({ now: 0, random: new Uint8Array(10) })).toBe('00000000-0000-7000-8000-000000000000');
  });

  it('sorts by time and does not repeat', () => {
    const made = Array.from({ length: 100 }, (_, i) => uuidV7({ now: 1_700_000_000_000 + i }));
    expect(made.toSorted()).toEqual(made);
    expect(new Set(Array.from({ length: 1000 }, () => uuidV7())).size).toBe(1000);
  });
});
