import { describe, expect, it } from '@jest/globals';
import { pauseAfter } from './backoff.ts';

describe('pauseAfter', () => {
  it('doubles from the shortest pause to the longest', () => {
    const pauses = { minBackoffMs: 1000, maxBackoffMs: 10_000 };
    expect([1, 2, 3, 4, 5, 6].map((attempt) => pauseAfter(attempt, pauses))).toEqual([
      1000, 2000, 4000, 8000, 10_000, 10_000,
    ]);
    expect(pauseAfter(10_000, pauses)).toBe(10_000); // 2 ** 9999 is infinite
  });
});
