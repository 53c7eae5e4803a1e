import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@assay/service-kit';
import { watchStore } from './watch-store.ts';

function setUp(answer: () => Promise<void>, everyMs = 10) {
  const lines: string[] = [];
  let looks = 0;
  const watch = watchStore({
    store: {
      url: 'file:bucket',
      list: async () => {
        looks++;
        await answer();
        return { objects: [] };
      },
    },
    logger: createLogger({
      service: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    }),
    everyMs,
  });
  return { watch, lines, looks: () => looks };
}

describe('the watch over the bucket', () => {
  it('tells of a fault as long as it lasts, and logs its beginning and its end once', async () => {
    let isThere = false;
    const { watch, lines, looks } = setUp(async () => {
      if (!isThere) throw new Error('Nobody answers.');
    });
    await watch.looked;
    expect(watch.fault).toBe('the bucket (OBJECT_STORE_URL) cannot be read: Nobody answers.');
    while (looks() < 5) await delay(1);
    isThere = true;
    while (watch.fault !== undefined) await delay(1);
    watch.close();
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('can be read again');
  });

  it('takes no answer for a fault', async () => {
    const { watch } = setUp(() => new Promise(() => {}));
    await watch.looked;
    expect(watch.fault).toContain('no answer within 0.01 s');
    watch.close();
  });

  it('looks no more when it is closed', async () => {
    const { watch, looks } = setUp(async () => {});
    await watch.looked;
    watch.close();
    await delay(30);
    expect(looks()).toBe(1);
  });
});
