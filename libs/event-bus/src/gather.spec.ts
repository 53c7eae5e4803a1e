import { describe, expect, it } from '@jest/globals';
import { gather } from './gather.ts';

describe('gather', () => {
  it('makes one batch of what comes in one turn, and the next of what comes meanwhile', async () => {
    const batches: number[][] = [];
    const gates = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const { add } = gather<number>(
      (batch) => {
        batches.push(batch);
        return gates[batches.length - 1]!.promise;
      },
      { items: 100 },
    );
    const first = [add(1), add(2)];
    await new Promise((turn) => setTimeout(turn, 5));
    const second = [add(3), add(4), add(5)];
    expect(batches).toEqual([[1, 2]]);
    gates[0]!.resolve(undefined);
    await Promise.all(first);
    gates[1]!.resolve(undefined);
    await Promise.all(second);
    expect(batches).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('keeps batches within their limits, but takes any single item', async () => {
    const batches: string[][] = [];
    const { add } = gather<string>(async (batch) => batches.push(batch), {
      items: 3,
      weight: 5,
      weigh: (text) => text.length,
    });
    await Promise.all(['a', 'b', 'c', 'd', '123', '45', '6', 'far too long', 'e'].map(add));
    expect(batches).toEqual([['a', 'b', 'c'], ['d', '123'], ['45', '6'], ['far too long'], ['e']]);
  });

  it('fails a batch as a whole, and goes on with the next', async () => {
    const { add, idle } = gather<number>(
      async (batch) => {
        if (batch.includes(1)) throw new Error('full');
      },
      { items: 2 },
    );
    const results = await Promise.allSettled([add(1), add(2), add(3)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await idle();
    await add(4);
  });
});
