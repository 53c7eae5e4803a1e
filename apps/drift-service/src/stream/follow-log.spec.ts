import { describe, expect, it } from '@jest/globals';
import { prediction } from '../predictions.fixture.ts';
import { createFeed } from './feed.ts';
import { followLog } from './follow-log.ts';

describe('following the log', () => {
  it('happens only while somebody listens, and goes on after an error', async () => {
    const signals: AbortSignal[] = [];
    const errors: unknown[] = [];
    const record = prediction().data;
    const feed = followLog({
      feed: createFeed(),
      async *follow(signal) {
        signals.push(signal);
        if (signals.length === 1) throw new Error('away');
        yield record;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
      onError: (error) => errors.push(error),
      pauseMs: 1,
    });
    expect(signals).toHaveLength(0);
    const heard = new Promise((resolve) => {
      const stops = [feed.listen(resolve), feed.listen(() => undefined)];
      void heardOnce().then(() => stops.forEach((stop) => stop()));
    });
    async function heardOnce() {
      while (feed.latest().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await heard).toEqual(record);
    expect(errors).toEqual([new Error('away')]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(signals).toHaveLength(2);
    expect(signals[1]!.aborted).toBe(true);
    feed.listen(() => undefined)();
    expect(signals).toHaveLength(3);
  });
});
