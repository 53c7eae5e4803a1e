import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { startFileServer, type FileServer } from '../spec-support/file-server.ts';
import { openWorkbench, type Workbench } from '../spec-support/workbench.ts';

describe('what DVC keeps', () => {
  let bench: Workbench;
  let server: FileServer;

  beforeEach(async () => {
    bench = await openWorkbench();
    server = await startFileServer();
  });
  afterEach(async () => {
    await server.close();
    await bench.close();
  });

  const md5 = (content: string) => createHash('md5').update(content).digest('hex');
  const files = { 'train/REAL/1.txt': 'one', 'train/FAKE/2.txt': 'two', 'test/REAL/3.txt': 'three' };

  /** A remote as DVC lays it out: every file under its md5, and a folder as a list that ends with `.dir`. */
  function remote(content: Readonly<Record<string, string>>, layout: 'current' | 'legacy') {
    const prefix = layout === 'current' ? 'files/md5/' : '';
    const objects: Record<string, string> = {};
    const put = (digest: string, text: string) => {
      objects[`${prefix}${digest.slice(0, 2)}/${digest.slice(2)}`] = text;
    };
    for (const text of Object.values(content)) put(md5(text), text);
    const listing = JSON.stringify(
      Object.entries(content).map(([relpath, text]) => ({ md5: md5(text), relpath })),
    );
    put(`${md5(listing)}.dir`, listing);
    const out = {
      md5: `${md5(listing)}.dir`,
      size: 11,
      nfiles: 3,
      path: 'data',
      ...(layout === 'current' ? { hash: 'md5' } : {}),
    };
    return { objects, out };
  }

  async function describeSet(outs: unknown[], url: string) {
    await writeFile(bench.path('data.dvc'), stringify({ outs }));
    await bench.describe([{ type: 'dvc', pointer: bench.path('data.dvc'), remote: url }]);
  }

  describe.each(['current', 'legacy'] as const)('a DVC remote of the %s layout', (layout) => {
    it('is pulled from a folder', async () => {
      const { objects, out } = remote(files, layout);
      await bench.write(objects, bench.path('remote'));
      await describeSet([out], `file:${bench.path('remote')}`);
      await bench.pull();
      expect(await bench.read()).toEqual(files);
    });

    it('is pulled from a web server, also over a broken connection', async () => {
      const { objects, out } = remote(files, layout);
      for (const [key, text] of Object.entries(objects))
        server.files.set(`/cache/${key}`, { content: Buffer.from(text), etag: `"${key}"` });
      server.cuts.push(10, 2, 1);
      await describeSet([out], `${server.url}/cache/`);
      await bench.pull();
      expect(await bench.read()).toEqual(files);
    });
  });

  describe('a DVC pointer', () => {
    it('of an older DVC finds content that was moved to the layout of today', async () => {
      const { objects } = remote(files, 'current');
      const { out } = remote(files, 'legacy');
      await bench.write(objects, bench.path('remote'));
      await describeSet([out], `file:${bench.path('remote')}`);
      await bench.pull();
      expect(await bench.read()).toEqual(files);
    });

    it('of an older DVC names text by its content with Unix line ends', async () => {
      const windows = 'a,b\r\n1,2\r\n';
      const digest = md5('a,b\n1,2\n');
      await bench.write({ [`${digest.slice(0, 2)}/${digest.slice(2)}`]: windows }, bench.path('remote'));
      const url = `file:${bench.path('remote')}`;
      await describeSet([{ md5: digest, path: 'table.csv' }], url);
      await bench.pull();
      expect(await bench.read()).toEqual({ 'table.csv': windows });
      await describeSet([{ md5: digest, path: 'table.csv', hash: 'md5' }], url);
      await expect(bench.pull({ force: true })).rejects.toMatchObject({ code: 'checksum-mismatch' });
    });

    it('with several outputs keeps the path of each', async () => {
      const { objects, out } = remote(files, 'current');
      const table = md5('a,b\n');
      await bench.write(
        { ...objects, [`files/md5/${table.slice(0, 2)}/${table.slice(2)}`]: 'a,b\n' },
        bench.path('remote'),
      );
      await describeSet(
        [out, { md5: table, hash: 'md5', path: 'meta/table.csv' }],
        `file:${bench.path('remote')}`,
      );
      await bench.pull();
      expect(Object.keys(await bench.read()).sort()).toEqual(
        [...Object.keys(files).map((path) => `data/${path}`), 'meta/table.csv'].sort(),
      );
    });

    it('to damaged content is refused, and what was fetched is kept for the next attempt', async () => {
      const { objects, out } = remote(files, 'current');
      const two = md5('two');
      const key = `files/md5/${two.slice(0, 2)}/${two.slice(2)}`;
      await bench.write({ ...objects, [key]: 'twx' }, bench.path('remote'));
      await describeSet([out], `file:${bench.path('remote')}`);
      await expect(bench.pull()).rejects.toThrow(
        `train/FAKE/2.txt is damaged in the DVC remote: expected md5 ${two}`,
      );
      expect(await bench.read()).toEqual({});
      await bench.write({ [key]: 'two' }, bench.path('remote'));
      await bench.pull();
      expect(await bench.read()).toEqual(files);
    });

    it.each([['../evil'], ['/etc/evil'], ['a/.git/config'], ['a\\b']])('to %s is refused', async (path) => {
      const { objects, out } = remote({ [path]: 'x' }, 'current');
      await bench.write(objects, bench.path('remote'));
      await describeSet([out], `file:${bench.path('remote')}`);
      await expect(bench.pull()).rejects.toThrow(/expected a visible path below the data set's folder/);
    });

    it('without an md5, or that is no YAML, is refused with its fault', async () => {
      await describeSet([{ path: 'data', etag: 'x' }], `file:${bench.path('remote')}`);
      await expect(bench.pull()).rejects.toThrow(
        /is no \.dvc file with an md5 for each output[^]*outs\[0\]\.md5/,
      );
      await writeFile(bench.path('data.dvc'), 'outs: [');
      await expect(bench.pull()).rejects.toThrow(/data\.dvc cannot be read as a \.dvc file/);
    });
  });
});
