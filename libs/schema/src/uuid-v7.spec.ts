import { describe, expect, it } from '@jest/globals';
import { uuidV7 } from './uuid-v7.ts';

describe('uuidV7', () => {
  it('gives the example of RFC 9562, appendix A.6', () => {
    // rand_a = 0xCC3, rand_b = 0x18C4DC0C0C07398F
    const random = 'ffffffff-ffff-4cc3-98c4-dc0c0c07398f';
    expect(uuidV7({ now: 0x017f22e279b0, random })).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('is of version 7 and of the variant of RFC 9562, and takes whole milliseconds', () => {
    expect(uuidV7({ now: 255.9 })).toMatch(/^00000000-00ff-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by time and does not repeat', () => {
    const made = Array.from({ length: 100 }, (_, i) => uuidV7({ now: 1_700_000_000_000 + i }));
    expect(made.toSorted()).toEqual(made);
    expect(new Set(Array.from({ length: 1000 }, () => uuidV7())).size).toBe(1000);
  });
});
