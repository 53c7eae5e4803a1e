import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startGcsFake, type GcsFake } from '@assay/testing';
import fc from 'fast-check';
import { crc32cOf, listAll, openObjectStore, type ObjectStore } from './index.ts';

/** Every store keeps the same contract. */
const stores = [
  {
    name: 'a folder',
    open: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'object-store-'));
      const url = `file:${join(folder, 'bucket')}`;
      return { url, close: () => rm(folder, { recursive: true }) };
    },
  },
  { name: 'a Cloud Storage bucket', open: () => fakeBucket('gs://bucket') },
  { name: 'a part of a Cloud Storage bucket', open: () => fakeBucket('gs://bucket/team/a') },
];

async function fakeBucket(url: string) {
  const fake: GcsFake = await startGcsFake(crc32cOf);
  return { url: `${url}?endpoint=${fake.endpoint}`, close: fake.close };
}

const code = (expected: string) => expect.objectContaining({ name: 'AssayError', code: expected });
const text = async (store: ObjectStore, key: string) => (await store.get(key)).content.toString();

describe.each(stores)('$name', ({ open }) => {
  let place: Awaited<ReturnType<typeof open>>;
  let store: ObjectStore;

  beforeEach(async () => {
    place = await open();
    store = await openObjectStore(place.url);
  });
  afterEach(() => place.close());

  it('gives back what was put, with what is known of it', async () => {
    const written = await store.put('reports/2026/a.json', '{"grüße":1}');
    expect(written).toMatchObject({ key: 'reports/2026/a.json', size: 13, contentType: 'application/json' });
    const { info, content } = await store.get('reports/2026/a.json');
    expect(content.toString()).toBe('{"grüße":1}');
    expect({ ...info, updated: 0 }).toEqual({ ...written, updated: 0 });
    const head = await store.head('reports/2026/a.json');
    expect({ ...head, updated: 0 }).toEqual({ ...written, updated: 0 });
    expect(Math.abs(Date.now() - head!.updated.getTime())).toBeLessThan(3_600_000);
  });

  it('keeps empty objects, and any bytes', async () => {
    await store.put('empty', '');
    expect((await store.get('empty')).content).toHaveLength(0);
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await store.put('all bytes.bin', bytes);
    expect([...(await store.get('all bytes.bin')).content]).toEqual([...bytes]);
  });

  it('names what is missing, and its head is undefined', async () => {
    expect(await store.head('nothing/here')).toBeUndefined();
    await expect(store.get('nothing/here')).rejects.toEqual(code('object-not-found'));
    await expect(store.get('nothing/here')).rejects.toThrow(/no object "nothing\/here" in (file|gs):/);
    await expect(store.get('nothing/here', { ifGeneration: '1' })).rejects.toEqual(code('object-not-found'));
    await expect(store.crc32c('nothing/here')).rejects.toEqual(code('object-not-found'));
    await expect(store.copy('nothing/here', 'b')).rejects.toEqual(code('object-not-found'));
    expect(await store.delete('nothing/here')).toBe(false);
    expect(await store.delete('nothing/here', { ifGeneration: '1' })).toBe(false);
  });

  it('changes the generation with every write, also of the same content', async () => {
    const generations: string[] = [];
    for (let round = 0; round < 20; round++) generations.push((await store.put('a', 'same')).generation);
    expect(new Set(generations).size).toBe(20);
    expect((await store.head('a'))!.generation).toBe(generations.at(-1));
  });

  it('puts only where nothing is, if asked', async () => {
    await store.put('a', '1', { ifAbsent: true });
    await expect(store.put('a', '2', { ifAbsent: true })).rejects.toEqual(code('precondition-failed'));
    await expect(store.putStream('a', Readable.from([Buffer.from('3')]), { ifAbsent: true })).rejects.toEqual(
      code('precondition-failed'),
    );
    expect(await text(store, 'a')).toBe('1');
  });

  it('replaces only the generation that was seen, if asked', async () => {
    const first = await store.put('a', '1');
    const second = await store.put('a', '2', { ifGeneration: first.generation });
    await expect(store.put('a', '3', { ifGeneration: first.generation })).rejects.toEqual(
      code('precondition-failed'),
    );
    expect(await text(store, 'a')).toBe('2');
    await expect(store.put('b', '1', { ifGeneration: second.generation })).rejects.toEqual(
      code('precondition-failed'),
    );
    expect(await store.head('b')).toBeUndefined();
  });

  it('lets exactly one of many writers win', async () => {
    const { generation } = await store.put('counter', 'start');
    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, (_, writer) =>
        store.put('counter', String(writer), { ifGeneration: generation }),
      ),
    );
    const winners = attempts.flatMap(({ status }, writer) =>
      status === 'fulfilled' ? [String(writer)] : [],
    );
    expect(winners).toEqual([await text(store, 'counter')]);
  });

  it('deletes, and only the generation that was seen, if asked', async () => {
    const first = await store.put('folder/a', '1');
    const second = await store.put('folder/a', '2');
    await expect(store.delete('folder/a', { ifGeneration: first.generation })).rejects.toEqual(
      code('precondition-failed'),
    );
    expect(await store.delete('folder/a', { ifGeneration: second.generation })).toBe(true);
    expect(await store.head('folder/a')).toBeUndefined();
    await store.put('folder', 'the name is free again');
    expect(await store.delete('folder')).toBe(true);
  });

  it('reads ranges of bytes', async () => {
    await store.put('digits', '0123456789');
    const part = async (start: number, end?: number) =>
      (
        await store.get('digits', { range: { start, ...(end === undefined ? {} : { end }) } })
      ).content.toString();
    expect(await part(0, 3)).toBe('012');
    expect(await part(7)).toBe('789');
    expect(await part(9, 10)).toBe('9');
    expect(await part(8, 1000)).toBe('89');
    expect((await store.get('digits', { range: { start: 2, end: 4 } })).info.size).toBe(10);
    await expect(part(10)).rejects.toEqual(code('invalid-range'));
    for (const [start, end] of [
      [-1, 2],
      [3, 3],
      [0.5, 2],
    ] as const)
      await expect(part(start, end)).rejects.toEqual(code('invalid-range'));
  });

  it('refuses to read a generation that was replaced', async () => {
    const { generation } = await store.put('a', 'old');
    expect((await store.get('a', { ifGeneration: generation })).content.toString()).toBe('old');
    await store.put('a', 'new');
    await expect(store.get('a', { ifGeneration: generation })).rejects.toEqual(code('precondition-failed'));
  });

  it('streams content that is larger than a part of an upload', async () => {
    const chunk = Buffer.from(Uint8Array.from({ length: 1 << 20 }, (_, at) => at % 251));
    const chunks = Array.from({ length: 10 }, (_, at) => Buffer.concat([Buffer.from([at]), chunk]));
    const info = await store.putStream('large.bin', Readable.from(chunks));
    expect(info.size).toBe(10 * ((1 << 20) + 1));
    const { content } = await store.getStream('large.bin');
    const received: Buffer[] = [];
    for await (const bytes of content) received.push(bytes as Buffer);
    expect(Buffer.concat(received).equals(Buffer.concat(chunks))).toBe(true);
    await store.put('in-memory.bin', Buffer.concat(chunks));
    expect((await store.get('in-memory.bin')).content.equals(Buffer.concat(chunks))).toBe(true);
  });

  it('shows nothing of a stream that fails, and passes its error on', async () => {
    await store.put('a', 'before');
    async function* failing() {
      yield Buffer.from('half');
      throw new Error('the source broke');
    }
    await expect(store.putStream('a', failing())).rejects.toThrow('the source broke');
    expect(await text(store, 'a')).toBe('before');
    expect((await store.list('')).objects.map(({ key }) => key)).toEqual(['a']);
  });

  it('knows the CRC32C of the content and refuses content that has another', async () => {
    // RFC 3720, B.4: 32 bytes of zeroes have the checksum aa 36 91 8a in the order of the wire, 8a9136aa as a number.
    const zeroes = new Uint8Array(32);
    await store.put('zeroes', zeroes, { crc32c: 'ipE2qg==' });
    expect(await store.crc32c('zeroes')).toBe('ipE2qg==');
    const damaged = Uint8Array.from(zeroes).fill(1, 5, 6);
    await expect(store.put('zeroes', damaged, { crc32c: 'ipE2qg==' })).rejects.toEqual(
      code('checksum-mismatch'),
    );
    await expect(store.putStream('zeroes', Readable.from([damaged]), { crc32c: 'ipE2qg==' })).rejects.toEqual(
      code('checksum-mismatch'),
    );
    expect([...(await store.get('zeroes')).content]).toEqual([...zeroes]);
  });

  it('copies within the store, under a precondition about the target', async () => {
    await store.put('a.json', '{}');
    const copied = await store.copy('a.json', 'deep/b.json', { ifAbsent: true });
    expect(copied).toMatchObject({ key: 'deep/b.json', size: 2, contentType: 'application/json' });
    expect(await text(store, 'deep/b.json')).toBe('{}');
    await store.put('a.json', '[]');
    await expect(store.copy('a.json', 'deep/b.json', { ifAbsent: true })).rejects.toEqual(
      code('precondition-failed'),
    );
    await store.copy('a.json', 'deep/b.json', { ifGeneration: copied.generation });
    expect(await text(store, 'deep/b.json')).toBe('[]');
  });

  it('lists by prefix, in the order of bytes, page by page', async () => {
    // "-" and "." sort before "/", "0" after it; the last two differ in UTF-16 order.
    const keys = ['a-b', 'a.b', 'a/b', 'a/b2/c', 'a0', 'ab', 'b', 'ﬀ', '😀'];
    for (const key of keys.toReversed()) await store.put(key, key);
    const list = async (prefix: string, limit?: number) => {
      const pages: string[][] = [];
      let pageToken: string | undefined;
      do {
        const page = await store.list(prefix, {
          ...(limit ? { limit } : {}),
          ...(pageToken ? { pageToken } : {}),
        });
        pages.push(page.objects.map(({ key }) => key));
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      return pages;
    };
    expect(await list('')).toEqual([keys]);
    expect(await list('', 4)).toEqual([keys.slice(0, 4), keys.slice(4, 8), keys.slice(8)]);
    expect(await list('a/')).toEqual([['a/b', 'a/b2/c']]);
    expect(await list('a/b', 1)).toEqual([['a/b'], ['a/b2/c']]);
    expect(await list('c')).toEqual([[]]);
    const all: number[] = [];
    for await (const { size } of listAll(store, 'a')) all.push(size);
    expect(all).toEqual([3, 3, 3, 6, 2, 2]);
  });

  it('lists nothing in a store that nobody has written to', async () => {
    expect(await store.list('')).toEqual({ objects: [] });
  });

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    '../a',
    'a/../../b',
    '.object-store/lock.db',
    'a\\b',
    'a\u0000b',
    'a\nb',
    '\ud800',
    'x'.repeat(256),
    `${'x/'.repeat(512)}x`,
  ])('refuses %j as a key, in every call', async (key) => {
    const refused = code('invalid-object-key');
    await expect(store.put(key, '')).rejects.toEqual(refused);
    await expect(store.get(key)).rejects.toEqual(refused);
    await expect(store.head(key)).rejects.toEqual(refused);
    await expect(store.delete(key)).rejects.toEqual(refused);
    await expect(store.copy(key, 'a')).rejects.toEqual(refused);
    await expect(store.copy('a', key)).rejects.toEqual(refused);
    await expect(store.list(`${key}/../x`)).rejects.toEqual(refused);
  });

  it('refuses a precondition that contradicts itself', async () => {
    await expect(store.put('a', '', { ifAbsent: true, ifGeneration: '1' })).rejects.toThrow('not both');
  });
});

describe('openObjectStore', () => {
  it.each([
    ['s3://bucket', 'an unknown kind of store'],
    ['file:', 'the folder is missing'],
    ['file://host/share', 'absolute path'],
    ['file:100%', 'a percent sign'],
    ['gs://', 'expected gs://bucket'],
    ['gs://Bucket', 'expected gs://bucket'],
    ['gs://bucket?region=eu', 'unknown parameter "region"'],
    ['gs://bucket?endpoint=localhost:4443', 'must begin with http'],
  ])('says what is wrong with %s', async (url, why) => {
    await expect(openObjectStore(url)).rejects.toMatchObject({
      code: 'invalid-configuration',
      message: expect.stringContaining(why),
    });
  });
});

describe('any sequence of calls', () => {
  let place: { url: string; close(): Promise<unknown> };
  beforeAll(async () => {
    place = await stores[0]!.open();
  });
  afterAll(() => place.close());

  it('leaves a folder with what a map would hold', async () => {
    const key = fc.constantFrom('a', 'b', 'c/d', 'c/e/f', 'c-d');
    const step = fc.record({
      call: fc.constantFrom('put', 'delete', 'copy'),
      key,
      to: key,
      value: fc.string(),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const store = await openObjectStore(`${place.url}/${round++}`);
        const model = new Map<string, string>();
        for (const { call, key: from, to, value } of steps) {
          if (call === 'put') {
            await store.put(from, value);
            model.set(from, value);
          } else if (call === 'delete') expect(await store.delete(from)).toBe(model.delete(from));
          else if (model.has(from)) {
            await store.copy(from, to);
            model.set(to, model.get(from)!);
          }
        }
        const found: [string, string][] = [];
        for await (const info of listAll(store)) found.push([info.key, await text(store, info.key)]);
        expect(found).toEqual([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
      }),
      { numRuns: 25 },
    );
  });
});
