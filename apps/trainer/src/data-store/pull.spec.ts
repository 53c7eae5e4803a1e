import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startFileServer, type FileServer } from './spec-support/file-server.ts';
import { openWorkbench, type Workbench } from './spec-support/workbench.ts';
import { zip } from './spec-support/zip.ts';

describe('assay data pull', () => {
  let server: FileServer;
  let bench: Workbench;

  beforeEach(async () => {
    server = await startFileServer();
    bench = await openWorkbench();
  });
  afterEach(async () => {
    await server.close();
    await bench.close();
  });

  /** A client may drop what it has received but not yet read: the connection breaks when the disk has it. */
  const breakWhenWritten = () => {
    const part = bench.path('state/downloads/set-set.tar.gz.part');
    server.beforeCut.wait = async (sent) => {
      while (!existsSync(part) || statSync(part).size < sent)
        await new Promise((resolve) => setImmediate(resolve));
    };
  };

  const files = { 'a/1.txt': 'one', 'a/2.txt': 'two', 'b/3.txt': 'three' };
  const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

  /** By hand: sha256 over the sorted lines "digest path". */
  const versionOf = (content: Readonly<Record<string, string>>) =>
    sha256(
      Object.entries(content)
        .map(([path, text]) => `${sha256(text)} ${path}\n`)
        .sort()
        .join(''),
    );

  /** A `.tar.gz` of a folder `set/`. */
  async function archive(content: Readonly<Record<string, string | Uint8Array>> = files): Promise<Buffer> {
    await bench.write(content, bench.path('packed/set'));
    execFileSync('tar', ['-czf', bench.path('set.tar.gz'), '-C', bench.path('packed'), 'set']);
    await rm(bench.path('packed'), { recursive: true });
    return readFile(bench.path('set.tar.gz'));
  }

  /** Random-looking content, so that an archive of it stays large. */
  function noise(length: number): Uint8Array {
    let state = 1;
    return Uint8Array.from({ length }, () => (state = (state * 48271) % 2147483647) & 255);
  }

  describe('a pull from a web server', () => {
    it('puts the unpacked, checked data set in its folder and says its version', async () => {
      const content = await archive();
      server.files.set('/set.tar.gz', { content });
      await bench.describe([{ type: 'url', url: `${server.url}/set.tar.gz`, sha256: sha256(content) }]);
      expect(await bench.pull()).toBe(versionOf(files));
      expect(await bench.read()).toEqual(files);
      expect(bench.output.lines).toEqual([`set ${versionOf(files)}: 3 files, 0.0 MB in ${bench.target}`]);
      expect(bench.output.notes.join('\n')).toMatch(/pins no version[^]*Terms: None\./);
      // Nothing else is left.
      expect((await readdir(bench.path('data'))).sort()).toEqual(['set', 'set.manifest.json']);
      expect(await readdir(bench.path('state/downloads'))).toEqual([]);
    });

    it('goes on where the connection broke', async () => {
      const content = await archive({ 'large.bin': noise(400_000) });
      server.files.set('/set.tar.gz', { content, etag: '"v1"' });
      breakWhenWritten();
      server.cuts.push(150_000, 100_000);
      await bench.describe([{ type: 'url', url: `${server.url}/set.tar.gz`, sha256: sha256(content) }]);
      await bench.pull();
      expect(server.requests).toEqual([
        '/set.tar.gz whole',
        '/set.tar.gz bytes=150000-',
        '/set.tar.gz bytes=250000-',
      ]);
      expect(Object.keys(await bench.read())).toEqual(['large.bin']);
    });

    it('goes on in another process, after it was stopped', async () => {
      const content = await archive({ 'large.bin': noise(400_000) });
      server.files.set('/set.tar.gz', { content, etag: '"v1"' });
      breakWhenWritten();
      server.cuts.push(150_000, 0, 0, 0, 0, 0, 0);
      await bench.describe([{ type: 'url', url: `${server.url}/set.tar.gz`, sha256: sha256(content) }]);
      await expect(bench.pull()).rejects.toMatchObject({
        code: 'storage-unavailable',
        message: expect.stringContaining('What has arrived is kept'),
      });
      expect(existsSync(bench.target)).toBe(false);
      server.cuts.length = server.requests.length = 0;
      await bench.pull();
      expect(server.requests).toEqual(['/set.tar.gz bytes=150000-']);
    });

    it.each([
      ['changed since', '"v2"'],
      ['has no strong tag', undefined],
    ])('begins anew when the file %s', async (_, etag) => {
      const old = await archive({ 'large.bin': noise(300_000) });
      const content = await archive({ 'large.bin': noise(310_000) });
      server.files.set('/set.tar.gz', { content: old, ...(etag === undefined ? {} : { etag: '"v1"' }) });
      breakWhenWritten();
      server.cuts.push(100_000, 0, 0, 0, 0, 0, 0);
      await bench.describe([{ type: 'url', url: `${server.url}/set.tar.gz`, sha256: sha256(content) }]);
      await expect(bench.pull()).rejects.toThrow();
      server.cuts.length = 0;
      server.files.set('/set.tar.gz', { content, ...(etag === undefined ? {} : { etag }) });
      await bench.pull();
      expect((await readFile(join(bench.target, 'large.bin'))).length).toBe(310_000);
    });

    it('waits longer and longer while the server is busy', async () => {
      const content = await archive();
      server.files.set('/set.tar.gz', { content });
      server.statuses.push(503, 429, 500);
      await bench.describe([{ type: 'url', url: `${server.url}/set.tar.gz`, sha256: sha256(content) }]);
      await bench.pull();
      expect(bench.waits).toHaveLength(3);
      for (const [index, wait] of bench.waits.entries()) {
        expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
        expect(wait).toBeLessThanOrEqual(500 * 2 ** index);
      }
    });

    it('refuses content with another digest, keeps the folder as it was, and does not go on behind it', async () => {
      const content = await archive();
      server.files.set('/set.tar.gz', { content, etag: '"v1"' });
      await bench.describe([{ type: 'url', url: `${server.url}/set.tar.gz`, sha256: sha256('another') }]);
      await expect(bench.pull()).rejects.toMatchObject({
        code: 'checksum-mismatch',
        message: expect.stringMatching(`expected sha256 ${sha256('another')}, received ${sha256(content)}`),
      });
      expect(existsSync(bench.target)).toBe(false);
      expect(await readdir(bench.path('state/downloads'))).toEqual([]);
    });

    it('prints a digest that nobody knew', async () => {
      const content = await archive();
      server.files.set('/set.tar.gz', { content });
      await bench.describe([{ type: 'url', url: `${server.url}/set.tar.gz` }]);
      await bench.pull();
      expect(bench.output.notes[0]).toContain(
        `has sha256 ${sha256(content)}, which nothing was compared with`,
      );
    });

    it('tries the next source where one does not work, and names every fault where none does', async () => {
      const content = await archive();
      server.files.set('/set.tar.gz', { content });
      server.statuses.push(403);
      await bench.describe([
        { type: 'url', url: `${server.url}/locked.zip` },
        { type: 'url', url: `${server.url}/gone.zip` },
        { type: 'url', url: `${server.url}/set.tar.gz` },
      ]);
      expect(await bench.pull()).toBe(versionOf(files));
      await rm(bench.target, { recursive: true });
      server.files.clear();
      await expect(bench.pull()).rejects.toThrow(
        /No source of set could be used:[^]*locked[^]*gone[^]*set\.tar\.gz/,
      );
    });

    it('keeps what has arrived when it is stopped', async () => {
      const content = await archive({ 'large.bin': noise(400_000) });
      server.files.set('/set.tar.gz', { content, etag: '"v1"' });
      breakWhenWritten();
      server.cuts.push(150_000);
      await bench.describe([{ type: 'url', url: `${server.url}/set.tar.gz` }]);
      bench.hooks.onWait = () => bench.stop.abort();
      await expect(bench.pull()).rejects.toMatchObject({ name: 'AbortError' });
      expect((await readFile(bench.path('state/downloads/set-set.tar.gz.part'))).length).toBe(150_000);
    });
  });

  describe('a pull from this machine', () => {
    it('takes an archive, a zip archive, a folder or a single file', async () => {
      await archive();
      await bench.describe([{ type: 'url', url: `file:${bench.path('set.tar.gz')}` }]);
      expect(await bench.pull()).toBe(versionOf(files));

      await writeFile(
        bench.path('set.zip'),
        zip({ 'set/a/1.txt': 'one', 'set/a/2.txt': 'two', 'set/b/3.txt': 'three' }),
      );
      await bench.describe([{ type: 'url', url: `file:${bench.path('set.zip')}` }]);
      expect(await bench.pull()).toBe(versionOf(files));

      await bench.write(files, bench.path('folder'));
      await bench.describe([{ type: 'url', url: `file:${bench.path('folder')}` }]);
      expect(await bench.pull()).toBe(versionOf(files));

      await writeFile(bench.path('table.csv'), 'a,b\n');
      await bench.describe([{ type: 'url', url: `file:${bench.path('table.csv')}` }]);
      expect(await bench.pull()).toBe(versionOf({ 'table.csv': 'a,b\n' }));
      expect(await bench.read()).toEqual({ 'table.csv': 'a,b\n' });
    });

    it('leaves hidden files out of the version', async () => {
      await bench.write({ ...files, '.DS_Store': 'x', 'a/._1.txt': 'y' }, bench.path('folder'));
      await bench.describe([{ type: 'url', url: `file:${bench.path('folder')}` }]);
      expect(await bench.pull()).toBe(versionOf(files));
    });

    it('refuses an archive that is broken or leads out of the folder', async () => {
      const content = await archive({ 'large.bin': noise(5000) });
      await writeFile(bench.path('set.tar.gz'), content.subarray(0, 3000));
      await bench.describe([{ type: 'url', url: `file:${bench.path('set.tar.gz')}` }]);
      await expect(bench.pull()).rejects.toMatchObject({ code: 'invalid-dataset' });
      await writeFile(bench.path('evil.zip'), zip({ '../../evil.txt': 'x' }));
      await bench.describe([{ type: 'url', url: `file:${bench.path('evil.zip')}` }]);
      await expect(bench.pull()).rejects.toThrow(/evil\.zip cannot be unpacked: .*\.\./);
      expect(existsSync(bench.path('evil.txt'))).toBe(false);
      expect(existsSync(bench.target)).toBe(false);
    });
  });

  describe('a data set that needs an account', () => {
    const manual = {
      type: 'manual' as const,
      page: 'https://example.org/data',
      steps: ['Sign in', 'Choose Download'],
    };

    it('is explained step by step, with its terms', async () => {
      await bench.describe([manual]);
      await expect(bench.pull()).rejects.toMatchObject({
        code: 'manual-download',
        message: expect.stringMatching(
          /Terms: None\.\n {2}1\. Open https:\/\/example.org\/data\n {2}2\. Sign in\n {2}3\. Choose Download\n {2}4\. Run: assay data pull set --file PATH/,
        ),
      });
    });

    it('is pulled from the file that was fetched by hand, and checked', async () => {
      const content = await archive();
      await bench.describe([{ ...manual, sha256: sha256('another') }]);
      await expect(bench.pull({ file: bench.path('set.tar.gz') })).rejects.toMatchObject({
        code: 'checksum-mismatch',
      });
      expect(existsSync(bench.path('set.tar.gz'))).toBe(true);
      await bench.describe([{ ...manual, sha256: sha256(content) }]);
      expect(await bench.pull({ file: bench.path('set.tar.gz') })).toBe(versionOf(files));
    });
  });

  describe('a pinned version', () => {
    const source = () => ({ type: 'url' as const, url: `file:${bench.path('folder')}` });

    it('is one line of the description', async () => {
      await bench.write(files, bench.path('folder'));
      await bench.describe([source()]);
      const before = (await bench.description()).split('\n');
      const version = await bench.pull({ pin: true });
      const after = (await bench.description()).split('\n');
      expect(after.filter((line) => !before.includes(line))).toEqual([`version: ${version}`]);
      expect(before.filter((line) => !after.includes(line))).toEqual([]);
    });

    it('refuses a source that changed, until it is pinned anew by a change of that line', async () => {
      await bench.write(files, bench.path('folder'));
      await bench.describe([source()]);
      const first = await bench.pull({ pin: true });
      await bench.write({ 'a/1.txt': 'changed' }, bench.path('folder'));
      await rm(bench.target, { recursive: true });
      await expect(bench.pull()).rejects.toMatchObject({
        code: 'checksum-mismatch',
        message: expect.stringContaining(`pins ${first}`),
      });
      expect(existsSync(bench.target)).toBe(false);
      const second = await bench.pull({ pin: true });
      expect(second).toBe(versionOf({ ...files, 'a/1.txt': 'changed' }));
      expect(await bench.description()).toContain(`version: ${second}\n`);
      expect(await bench.description()).not.toContain(first);
    });

    it('is not fetched again where it is there', async () => {
      await bench.write(files, bench.path('folder'));
      await bench.describe([source()]);
      await bench.pull({ pin: true });
      await rm(bench.path('folder'), { recursive: true });
      await bench.pull();
      expect(bench.output.lines.at(-1)).toMatch(/is in .* already$/);
    });

    it('never replaces files that were not pulled, unless told', async () => {
      await bench.write(files, bench.path('folder'));
      await bench.describe([source()]);
      await bench.write({ 'my-own.txt': 'precious' });
      await expect(bench.pull()).rejects.toThrow(/holds 1 file\(s\) that were not pulled/);
      expect(await bench.read()).toEqual({ 'my-own.txt': 'precious' });
      await bench.pull({ force: true });
      await bench.write({ 'a/1.txt': 'mine' });
      await expect(bench.pull()).rejects.toThrow(
        /differs from what was pulled in 1 file\(s\), such as a\/1\.txt/,
      );
      await bench.pull({ force: true });
      expect(await bench.read()).toEqual(files);
    });
  });

  describe('a description', () => {
    it('that is not there is answered with those that are', async () => {
      await bench.describe([{ type: 'manual', page: 'https://example.org', steps: ['x'] }]);
      await expect(bench.pull({ name: 'birds' })).rejects.toThrow(
        /No data set is named "birds"[^]*Known: set\./,
      );
    });

    it('with faults is refused with all of them', async () => {
      await bench.describe([{ type: 'url', url: 'ftp://example.org', sha256: 'abc' }], { version: 'x' });
      await expect(bench.pull()).rejects.toMatchObject({
        code: 'invalid-configuration',
        message: expect.stringMatching(/version[^]*64 lower-case[^]*sources\.0\.url[^]*sources\.0\.sha256/),
      });
    });
  });
});
