import { describe, expect, it } from '@jest/globals';
import { createFreshener } from './freshener.ts';

describe('making the log fresh', () => {
  it('flushes once for all who ask at the same time', async () => {
    let flushes = 0;
    const freshen = createFreshener(async () => void flushes++);
    await Promise.all([freshen(), freshen(), freshen()]);
    expect(flushes).toBe(1);
  });

  it('flushes anew for one who comes while a flush is under way: that one may have begun too early', async () => {
    const flushes: (() => void)[] = [];
    let now = 0;
    const freshen = createFreshener(
      () => new Promise((resolve) => flushes.push(resolve)),
      () => now,
    );
    const first = freshen();
    while (flushes.length < 1) await new Promise(setImmediate);
    now = 1000;
    const second = freshen();
    flushes[0]!();
    await first;
    while (flushes.length < 2) await new Promise(setImmediate);
    flushes[1]!();
    await second;
  });

  it('does not wait for ever', async () => {
    await createFreshener(() => new Promise(() => {}))();
  });

  it('says what went wrong', async () => {
    await expect(createFreshener(() => Promise.reject(new Error('full')))()).rejects.toThrow('full');
  });
});
