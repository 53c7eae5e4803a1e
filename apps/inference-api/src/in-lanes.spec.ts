import { describe, expect, it } from '@jest/globals';
import { inLanes } from './in-lanes.ts';

describe('work in lanes', () => {
  it('keeps the order of the items and never does more at once than there are lanes', async () => {
    let active = 0;
    let most = 0;
    const done = await inLanes([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, ++active);
      for (let turn = 0; turn < item; turn++) await Promise.resolve();
      active--;
      return 10 * item;
    });
    expect(done).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
    expect(await inLanes([], 2, async () => 1)).toEqual([]);
  });

  it('begins nothing more after a failure', async () => {
    const begun: number[] = [];
    const work = inLanes([1, 2, 3, 4], 1, async (item) => {
      begun.push(item);
      if (item === 2) throw new Error('two');
    });
    await expect(work).rejects.toThrow('two');
    expect(begun).toEqual([1, 2]);
  });
});
