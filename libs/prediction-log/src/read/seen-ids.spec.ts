import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seenIds } from './seen-ids.ts';

const MOST = 2 ** 32 - 1;

describe('seenIds', () => {
  it('knows what it was told, as a set does, however small it begins', () => {
    // Few values, so that some come again, and some share a part of their hash.
    const part = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(MOST));
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part, part), { maxLength: 300 }), (ids) => {
        const seen = seenIds(2);
        const set = new Set<string>();
        for (const [high, low, more] of ids) {
          // The one pair that is not told apart: see below.
          const key = `${high} ${low} ${Math.max(1, more)}`;
          expect(seen.add(high, low, more)).toBe(!set.has(key));
          set.add(key);
        }
      }),
    );
  });

  it('knows ids whose hash is zero', () => {
    const seen = seenIds();
    expect(seen.add(0, 0, 0)).toBe(true);
    expect(seen.add(0, 0, 0)).toBe(false);
  });
});
