import { describe, expect, it } from '@jest/globals';
import { keyLines } from './key-lines.ts';

describe('keyLines', () => {
  it('lets one of a key go ahead at a time', () => {
    const { enter, next } = keyLines<number>();
    expect([enter('a', 1), enter('a', 2), enter('b', 3), enter('a', 4)]).toEqual([true, false, true, false]);
    expect([next('a'), next('a'), next('a'), next('b')]).toEqual([2, 4, undefined, undefined]);
    expect(enter('a', 5)).toBe(true);
  });

  it('gives up those that wait behind one that failed', () => {
    const { enter, clear, clearAll } = keyLines<number>();
    for (const item of [1, 2, 3]) enter('a', item);
    for (const item of [4, 5]) enter('b', item);
    expect(clear('a')).toEqual([2, 3]);
    expect(enter('a', 6)).toBe(true);
    expect(clearAll()).toEqual([5]);
    expect(clear('unknown')).toEqual([]);
  });
});
