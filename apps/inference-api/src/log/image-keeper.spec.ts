import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { listAll, openObjectStore, type ObjectStore } from '@assay/object-store';
import { inputKey } from '@assay/schema';
import { createLogger, createMetrics } from '@assay/service-kit';
import { createImageKeeper } from './image-keeper.ts';

const root = mkdtempSync(join(tmpdir(), 'assay-keeper-'));
afterAll(() => rmSync(root, { recursive: true }));

async function openBucket() {
  const folder = mkdtempSync(join(root, 'bucket-'));
  return { folder, store: await openObjectStore(`file:${folder}`) };
}

function setUp(store: ObjectStore, over: Partial<ObjectStore> = {}) {
  const metrics = createMetrics({ process: false });
  const lines: string[] = [];
  const keeper = createImageKeeper({
    policy: { keep: 'sample', share: 1 },
    store: { ...store, ...over },
    metrics,
    logger: createLogger({
      service: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    }),
    ttlDays: 30,
  });
  return { keeper, metrics, lines };
}

const image = (text: string) => {
  const bytes = Buffer.from(text);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};
const keys = async (store: ObjectStore) => {
  const found: string[] = [];
  for await (const { key } of listAll(store, 'inputs/')) found.push(key);
  return found;
};

describe('the keeper of images', () => {
  it('keeps an image once, under its digest', async () => {
    const { store } = await openBucket();
    const { keeper } = setUp(store);
    const { bytes, sha256 } = image('one');
    expect(keeper.keep(bytes, { sha256, decision: 'cat' })).toBe(true);
    expect(keeper.keep(bytes, { sha256, decision: 'cat' })).toBe(true);
    await keeper.close();
    expect(await keys(store)).toEqual([`inputs/${sha256.slice(0, 2)}/${sha256}`]);
    expect((await store.get(inputKey(sha256))).content).toEqual(bytes);
  });

  it('removes what was last seen before its time, and leaves what came again since', async () => {
    const { folder, store } = await openBucket();
    const [old, seen] = [image('old'), image('seen')];
    const first = setUp(store).keeper;
    for (const { bytes, sha256 } of [old, seen]) first.keep(bytes, { sha256 });
    await first.close();
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    for (const { sha256 } of [old, seen]) utimesSync(join(folder, inputKey(sha256)), longAgo, longAgo);
    const again = setUp(store, { list: async () => ({ objects: [] }) }).keeper;
    again.keep(seen.bytes, { sha256: seen.sha256 });
    await again.close();
    const sweeping = setUp(store);
    const told = async () => {
      while (!sweeping.lines.some((line) => line.includes('1 kept images were removed')))
        await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await told();
    await sweeping.keeper.close();
    expect(await keys(store)).toEqual([inputKey(seen.sha256)]);
  });

  it('says of an image that it is not kept where too many wait, and counts it', async () => {
    const { store } = await openBucket();
    const held = Promise.withResolvers<undefined>();
    const { keeper, metrics } = setUp(store, {
      put: async (key, content) => {
        await held.promise;
        return store.put(key, content);
      },
    });
    const large = (fill: number) => Buffer.alloc(9 * 2 ** 20, fill);
    expect(keeper.keep(large(1), { sha256: 'a'.repeat(64) })).toBe(true);
    expect(keeper.keep(large(2), { sha256: 'b'.repeat(64) })).toBe(false);
    held.resolve(undefined);
    await keeper.close();
    expect(await metrics.text()).toContain('prediction_inputs_total{outcome="skipped"} 1');
    expect(await keys(store)).toEqual([inputKey('a'.repeat(64))]);
  });

  it('survives a bucket that fails, and counts that', async () => {
    const { store } = await openBucket();
    const { keeper, metrics, lines } = setUp(store, { put: () => Promise.reject(new Error('away')) });
    keeper.keep(Buffer.from('x'), { sha256: 'a'.repeat(64) });
    await keeper.close();
    expect(await metrics.text()).toContain('prediction_inputs_total{outcome="failed"} 1');
    expect(lines.some((line) => line.includes('could not be kept'))).toBe(true);
  });
});
