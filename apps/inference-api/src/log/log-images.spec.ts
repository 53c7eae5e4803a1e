import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keepsImage, parseLogImages } from './log-images.ts';

const digest = (i: number) => createHash('sha256').update(String(i)).digest('hex');

describe('LOG_IMAGES', () => {
  it.each([
    ['none', { keep: 'none' }],
    ['uncertain', { keep: 'uncertain' }],
    ['sample:0.01', { keep: 'sample', share: 0.01 }],
    ['sample:1', { keep: 'sample', share: 1 }],
    ['sample:0', { keep: 'sample', share: 0 }],
  ])('understands %s', (text, expected) => {
    expect(parseLogImages(text)).toEqual(expected);
  });

  it.each(['all', 'sample', 'sample:', 'sample:1.5', 'sample:-0.1', 'sample:1e-2', 'sample:.5'])(
    'does not understand %s',
    (text) => {
      expect(parseLogImages(text)).toBeUndefined();
    },
  );

  it('keeps the share of images that it was told, and the same ones every time', () => {
    const policy = { keep: 'sample', share: 0.05 } as const;
    const kept = Array.from({ length: 20_000 }, (_, i) => i).filter((i) =>
      keepsImage(policy, { sha256: digest(i), decision: 'cat' }),
    );
    // 1000 expected; five standard deviations of a binomial are 154.
    expect(Math.abs(kept.length - 1000)).toBeLessThan(154);
    expect(kept.every((i) => keepsImage(policy, { sha256: digest(i), decision: 'dog' }))).toBe(true);
  });

  it.each(['uncertain', 'out-of-scope'])('always keeps what is %s, unless nothing is kept', (decision) => {
    const question = { sha256: 'f'.repeat(64), decision };
    expect(keepsImage({ keep: 'sample', share: 0 }, question)).toBe(true);
    expect(keepsImage({ keep: 'uncertain' }, question)).toBe(true);
    expect(keepsImage({ keep: 'none' }, question)).toBe(false);
  });

  it('keeps images that are at fault, and none that merely came at a bad time', () => {
    const sha256 = '0'.repeat(64);
    const policy = { keep: 'sample', share: 1 } as const;
    expect(keepsImage(policy, { sha256, code: 'unreadable-image' })).toBe(true);
    expect(keepsImage(policy, { sha256, code: 'overloaded' })).toBe(false);
    expect(keepsImage({ keep: 'uncertain' }, { sha256, decision: 'cat' })).toBe(false);
  });
});
