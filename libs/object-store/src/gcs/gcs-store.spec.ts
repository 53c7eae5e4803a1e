import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGcsFake, type GcsFake } from '@assay/testing';
import { crc32cOf } from '../crc32c.ts';
import type { ObjectStore } from '../object-store.ts';
import { openGcsStore } from './gcs-store.ts';

describe('openGcsStore', () => {
  let fake: GcsFake;
  let store: ObjectStore;

  beforeEach(async () => {
    fake = await startGcsFake(crc32cOf);
    store = openGcsStore({
      bucket: 'bucket',
      prefix: '',
      endpoint: fake.endpoint,
      patience: { retries: 1, longestWait: 1 },
    });
  });
  afterEach(() => fake.close());

  const uploads = () => fake.requests.filter((line) => line.startsWith('POST /upload')).length;

  describe('a Cloud Storage bucket that fails', () => {
    it('is asked again to read', async () => {
      await store.put('a', '1');
      fake.faults.push(
        { request: /^GET .*alt=media/, status: 503 },
        { request: /^GET .*prefix/, status: 503 },
      );
      expect((await store.get('a')).content.toString()).toBe('1');
      expect((await store.list('')).objects).toHaveLength(1);
      expect(fake.faults).toEqual([]);
    });

    it('is asked again to write where a precondition makes that harmless', async () => {
      fake.faults.push({ request: /^POST .*ifGenerationMatch=0/, status: 503 });
      await store.put('a', '1', { ifAbsent: true });
      expect(uploads()).toBe(2);
      expect((await store.get('a')).content.toString()).toBe('1');
    });

    it('is not asked again to write, delete or copy without one', async () => {
      const { generation } = await store.put('a', '1');
      fake.faults.push(
        { request: /^POST \/upload/, status: 503 },
        { request: /^DELETE/, status: 503 },
        { request: /rewriteTo/, status: 503 },
      );
      fake.requests.length = 0;
      await expect(store.put('a', '2')).rejects.toMatchObject({ code: 'storage-unavailable' });
      await expect(store.delete('a')).rejects.toMatchObject({ code: 'storage-unavailable' });
      await expect(store.copy('a', 'b')).rejects.toMatchObject({ code: 'storage-unavailable' });
      expect(fake.requests.filter((line) => !line.startsWith('GET'))).toHaveLength(3);
      expect((await store.head('a'))!.generation).toBe(generation);
    });

    it('keeps both habits when calls run at the same time', async () => {
      fake.faults.push({ request: /name=once/, status: 503 }, { request: /name=again/, status: 503 });
      const [once, again] = await Promise.allSettled([
        store.put('once', '1'),
        store.put('again', '2', { ifAbsent: true }),
      ]);
      expect([once.status, again.status]).toEqual(['rejected', 'fulfilled']);
    });

    it('recognises its own write when the answer to it was lost', async () => {
      fake.faults.push({ request: /^POST .*ifGenerationMatch=0/, loseAnswer: true });
      const info = await store.put('a', '1', { ifAbsent: true });
      expect(info).toMatchObject({ key: 'a', size: 1, generation: (await store.head('a'))!.generation });
    });

    it('takes up a download where it broke off, and checks the whole', async () => {
      const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, at) => at % 251));
      await store.put('a', content);
      fake.faults.push({ request: /alt=media/, cutAfter: 100_000 });
      expect((await store.get('a')).content.equals(content)).toBe(true);
      expect(fake.requests.filter((line) => line.includes('alt=media&generation='))).toHaveLength(1);
      fake.faults.push({ request: /alt=media/, damage: true });
      await expect(store.get('a')).rejects.toMatchObject({ code: 'checksum-mismatch' });
    });

    it('never joins parts of two generations', async () => {
      await store.put('a', Buffer.alloc(300_000, 1));
      fake.faults.push({ request: /alt=media/, cutAfter: 100_000 });
      const { content } = await store.getStream('a');
      await store.put('a', Buffer.alloc(300_000, 2));
      const read = async () => {
        for await (const chunk of content) expect((chunk as Buffer).every((byte) => byte === 1)).toBe(true);
      };
      await expect(read()).rejects.toMatchObject({ code: 'precondition-failed' });
    });

    it('is asked again for a part of a resumable upload', async () => {
      fake.faults.push({ request: /^PUT/, status: 503 });
      const parts = [Buffer.alloc(8 << 20, 1), Buffer.alloc(100, 2)];
      expect((await store.putStream('a', Readable.from(parts))).size).toBe((8 << 20) + 100);
      expect(fake.requests.filter((line) => line.startsWith('PUT')).length).toBeGreaterThan(2);
    });

    it('says who has to give access', async () => {
      fake.faults.push({ request: /^GET/, status: 403 });
      await expect(store.head('a')).rejects.toMatchObject({
        code: 'storage-forbidden',
        message: expect.stringMatching(/gs:\/\/bucket refuses access to "a".*check the credentials/),
      });
    });

    it('says that it cannot be reached', async () => {
      await fake.close();
      await expect(store.put('a', '1')).rejects.toMatchObject({
        code: 'storage-unavailable',
        message: expect.stringContaining('gs://bucket cannot be reached'),
      });
    });
  });
});
