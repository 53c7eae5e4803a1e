import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { crc32cOf, listAll, openObjectStore } from '@assay/object-store';
import { startGcsFake } from '@assay/testing';
import fc from 'fast-check';
import { openWorkbench, type Workbench } from './spec-support/workbench.ts';

describe('a data set in a store', () => {
  let bench: Workbench;
  let store: string;

  beforeEach(async () => {
    bench = await openWorkbench();
    store = `file:${bench.path('bucket')}`;
    await bench.describe([{ type: 'store', url: store }]);
  });
  afterEach(() => bench.close());

  const files = { 'a/1.txt': 'one', 'a/2.txt': 'two', 'b/copy of 1.txt': 'one', 'empty.txt': '' };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  async function keys(prefix = ''): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of listAll(await openObjectStore(store), prefix)) found.push(key);
    return found;
  }

  describe('a push', () => {
    it('stores each content once, by its digest, and the list of the files by the version', async () => {
      await bench.write(files);
      const version = await bench.push(store);
      const contents = ['one', 'two', '']
        .map(sha256)
        .map((digest) => `objects/sha256/${digest.slice(0, 2)}/${digest.slice(2)}`);
      expect(await keys()).toEqual([`datasets/set/${version}.json`, ...contents.sort()]);
      expect(bench.output.lines).toEqual([`set ${version}: 4 files, 3 of them new in ${store} (0.0 MB)`]);
      expect(await bench.description()).toContain(`version: ${version}\n`);
    });

    it('sends only what is new, and changes one line of the description', async () => {
      await bench.write(files);
      const first = await bench.push(store);
      const before = await bench.description();
      await bench.write({ 'a/2.txt': 'changed' });
      const second = await bench.push(store);
      expect(bench.output.lines.at(-1)).toContain('4 files, 1 of them new');
      expect(await bench.description()).toBe(before.replace(first, second));
      await bench.push(store);
      expect(bench.output.lines.at(-1)).toContain('4 files, 0 of them new');
    });

    it('does not name a version whose files are not all there', async () => {
      await bench.write(files);
      const [digest] = [sha256('two')];
      // A folder stands where a file would go.
      await (
        await openObjectStore(store)
      ).put(`objects/sha256/${digest.slice(0, 2)}/${digest.slice(2)}/x`, '');
      await expect(bench.push(store)).rejects.toMatchObject({ code: 'invalid-object-key' });
      expect(await keys('datasets/')).toEqual([]);
      expect(await bench.description()).not.toContain('version');
    });

    it('refuses an empty folder', async () => {
      await expect(bench.push(store)).rejects.toThrow(/nothing to push in .*data\/set/);
    });
  });

  describe('a pull from a store', () => {
    it('brings any version back, file by file', async () => {
      await bench.write(files);
      const first = await bench.push(store);
      await bench.write({ 'a/1.txt': 'new' });
      await bench.push(store);
      await bench.describe([{ type: 'store', url: store }], { version: first });
      expect(await bench.pull()).toBe(first);
      expect(await bench.read()).toEqual(files);
    });

    it('asks the store only for what is not there already', async () => {
      await bench.write(files);
      const first = await bench.push(store);
      await bench.write({ 'a/2.txt': 'changed' });
      await bench.push(store);
      await bench.describe([{ type: 'store', url: store }], { version: first });
      // What both versions share is no longer in the store: it comes from the folder.
      const shared = sha256('one');
      await rm(join(bench.path('bucket'), 'objects/sha256', shared.slice(0, 2), shared.slice(2)));
      await bench.pull();
      expect(await bench.read()).toEqual(files);
    });

    it('goes on where it was interrupted', async () => {
      await bench.write(files);
      const version = await bench.push(store);
      await rm(bench.target, { recursive: true });
      const two = sha256('two');
      const object = join(bench.path('bucket'), 'objects/sha256', two.slice(0, 2), two.slice(2));
      await rm(object);
      await expect(bench.pull()).rejects.toMatchObject({ code: 'object-not-found' });
      await writeFile(object, 'two');
      const one = sha256('one');
      await rm(join(bench.path('bucket'), 'objects/sha256', one.slice(0, 2), one.slice(2)));
      expect(await bench.pull()).toBe(version);
      expect(await bench.read()).toEqual(files);
    });

    it('refuses content that is damaged in the store, and keeps the folder as it was', async () => {
      await bench.write(files);
      await bench.push(store);
      await rm(bench.target, { recursive: true });
      const two = sha256('two');
      await writeFile(join(bench.path('bucket'), 'objects/sha256', two.slice(0, 2), two.slice(2)), 'twx');
      await expect(bench.pull()).rejects.toMatchObject({
        code: 'checksum-mismatch',
        message: expect.stringMatching(/the content of a\/2\.txt, is damaged in the store/),
      });
      expect(await bench.read()).toEqual({});
    });

    it('refuses a list that leads out of the folder, or lists another version', async () => {
      await bench.write(files);
      const version = await bench.push(store);
      const list = join(bench.path('bucket'), `datasets/set/${version}.json`);
      const text = await readFile(list, 'utf8');
      await rm(bench.target, { recursive: true });
      await writeFile(list, text.replace('a/1.txt', '../../1.txt'));
      await expect(bench.pull()).rejects.toThrow(/expected a path below the folder/);
      await writeFile(list, text.replace('a/1.txt', 'a/9.txt'));
      await expect(bench.pull()).rejects.toThrow(/is damaged: it lists another version/);
    });

    it('says that a version has to be pushed first', async () => {
      await expect(bench.pull()).rejects.toThrow(
        /names no version to fetch[^]*assay data push set --to file:/,
      );
    });

    it('gives back what was pushed, whatever it is', async () => {
      const name = fc.stringMatching(/^[a-zA-Z0-9äß日 _-]{1,12}$/).filter((text) => text.trim() === text);
      // Folders and files never share a name: files end with ".txt".
      const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}.txt`);
      await fc.assert(
        fc.asyncProperty(fc.dictionary(path, fc.string(), { minKeys: 1, maxKeys: 8 }), async (content) => {
          const own = await openWorkbench();
          const entries = Object.entries(content);
          try {
            await own.describe([{ type: 'store', url: `file:${own.path('bucket')}` }]);
            await own.write(Object.fromEntries(entries));
            const before = await own.read();
            const version = await own.push(`file:${own.path('bucket')}`);
            await rm(own.target, { recursive: true });
            expect(await own.pull()).toBe(version);
            expect(await own.read()).toEqual(before);
            expect(await own.verify()).toBe(true);
          } finally {
            await own.close();
          }
        }),
        { numRuns: 15 },
      );
    });
  });

  describe('verify', () => {
    it('lists every file that is missing, changed or extra', async () => {
      await bench.write(files);
      const version = await bench.push(store);
      expect(await bench.verify()).toBe(true);
      expect(bench.output.lines.at(-1)).toBe(`set ${version}: 4 files, all as they should be`);
      bench.output.lines.length = 0;
      await rm(join(bench.target, 'a/1.txt'));
      await bench.write({ 'a/2.txt': 'twx', 'empty.txt': 'longer', 'new.txt': 'x' });
      expect(await bench.verify()).toBe(false);
      expect(bench.output.lines).toEqual([
        'missing a/1.txt',
        'changed a/2.txt',
        'changed empty.txt',
        'extra   new.txt',
        `set ${version}: 4 of 4 files are not as they should be`,
      ]);
    });

    it('says that a data set was never pulled, or is of another version', async () => {
      await expect(bench.verify()).rejects.toThrow(/run `assay data pull set` first/);
      await bench.write(files);
      await bench.push(store);
      await bench.describe([{ type: 'store', url: store }], { version: 'ab'.repeat(32) });
      await expect(bench.verify()).rejects.toThrow(/holds version .*pins abab/);
    });
  });

  it('travels through a Cloud Storage bucket just as well', async () => {
    const fake = await startGcsFake(crc32cOf);
    const url = `gs://bucket/data?endpoint=${fake.endpoint}`;
    const large = 'x'.repeat(9_000_000);
    try {
      await bench.write({ ...files, 'large.txt': large });
      await bench.describe([{ type: 'store', url }]);
      const version = await bench.push(url);
      expect(bench.output.lines.at(-1)).toContain('5 files, 4 of them new in gs://bucket/data');
      await bench.push(url);
      expect(bench.output.lines.at(-1)).toContain('5 files, 0 of them new');
      await rm(bench.target, { recursive: true });
      // The large file breaks off after three megabytes; the rest is fetched, not the whole.
      const digest = sha256(large);
      fake.faults.push({ request: new RegExp(`${digest.slice(2)}.alt=media`), cutAfter: 3_000_000 });
      expect(await bench.pull()).toBe(version);
      expect(await bench.read()).toEqual({ ...files, 'large.txt': large });
    } finally {
      await fake.close();
    }
  });
});
