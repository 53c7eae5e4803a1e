import { describe, expect, it } from '@jest/globals';
import { createFreshener } from './freshener.ts';

/** A holder whose flushes end when they are told to. */
function holder() {
  const flushes: PromiseWithResolvers<undefined>[] = [];
  return {
    taken: 1,
    flushes,
    async flush() {
      const flush = Promise.withResolvers<undefined>();
      flushes.push(flush);
      await flush.promise;
    },
    async begun(count: number) {
      while (flushes.length < count) await new Promise(setImmediate);
    },
  };
}

describe('making the log fresh', () => {
  it('flushes once for all who ask, and not again until something came', async () => {
    const held = holder();
    const freshen = createFreshener(held);
    const all = Promise.all([freshen(), freshen()]);
    await held.begun(1);
    const late = freshen();
    held.flushes[0]!.resolve(undefined);
    await all;
    await late;
    await freshen();
    expect(held.flushes).toHaveLength(1);
  });

  it('flushes anew for what came while a flush was under way', async () => {
    const held = holder();
    let now = 0;
    const freshen = createFreshener(held, () => now);
    const first = freshen();
    await held.begun(1);
    held.taken++;
    now = 1000;
    const second = freshen();
    held.flushes[0]!.resolve(undefined);
    await first;
    await held.begun(2);
    held.flushes[1]!.resolve(undefined);
    await second;
  });

  it('does not wait for ever', async () => {
    await createFreshener(holder())();
  });

  it('says what went wrong', async () => {
    const failing = { taken: 1, flush: () => Promise.reject(new Error('full')) };
    await expect(createFreshener(failing)()).rejects.toThrow('full');
  });
});
