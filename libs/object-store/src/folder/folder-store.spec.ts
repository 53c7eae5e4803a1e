import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openFolderStore } from './folder-store.ts';
import { fileError } from './file-error.ts';

const source = join(__dirname, 'folder-store.ts');
/** A process takes a while to start on a machine that is busy. Milliseconds. */
const STARTS_PROCESSES = 120_000;

describe('openFolderStore', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'folder-store-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('says so where a file stands in place of the folder, instead of having no objects', async () => {
    await rm(root, { recursive: true });
    await writeFile(root, '');
    await expect(openFolderStore(root).list('a')).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringContaining('is a file'),
    });
  });

  /** Runs a script in a process of its own, with `store` opened on the folder; gives what it printed. */
  function inProcess(body: string, options: { uid?: number } = {}): Promise<string> {
    const script = `import { openFolderStore } from ${JSON.stringify(source)};
    const store = openFolderStore(${JSON.stringify(root)});
    const print = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
    ${body}`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], options);
    let printed = '';
    child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
    child.stderr.on('data', (text: Buffer) => (printed += text.toString()));
    return new Promise((resolve) => child.on('close', () => resolve(printed.trim())));
  }

  describe('a folder as a store', () => {
    it('has the objects as plain files, whatever else it keeps', async () => {
      const store = openFolderStore(root);
      await store.put('a/b.txt', 'text');
      expect((await readdir(join(root, 'a'))).sort()).toEqual(['b.txt']);
      expect(await readdir(join(root, '.object-store/unfinished'))).toEqual([]);
      await writeFile(join(root, 'a/by-hand.txt'), 'x');
      expect((await store.list('a/')).objects.map(({ key }) => key)).toEqual(['a/b.txt', 'a/by-hand.txt']);
    });

    it(
      'counts exactly where processes race for one object',
      async () => {
        const store = openFolderStore(root);
        await store.put('counter', '0');
        const increments = `
      for (let done = 0; done < 8; ) {
        const { info, content } = await store.get('counter');
        try {
          await store.put('counter', String(Number(content) + 1), { ifGeneration: info.generation });
          done++;
        } catch (error) {
          if (error.code !== 'precondition-failed') throw error;
        }
      }`;
        const printed = await Promise.all([
          inProcess(increments),
          inProcess(increments),
          inProcess(increments),
        ]);
        expect(printed).toEqual(['', '', '']);
        expect((await store.get('counter')).content.toString()).toBe('24');
      },
      STARTS_PROCESSES,
    );

    it(
      'keeps the generation over a restart, and notices a change by other hands',
      async () => {
        const { generation } = await openFolderStore(root).put('a', '1');
        expect(await inProcess(`print((await store.head('a')).generation);`)).toBe(
          JSON.stringify(generation),
        );
        await writeFile(join(root, 'a'), '2');
        await expect(openFolderStore(root).put('a', '3', { ifGeneration: generation })).rejects.toMatchObject(
          {
            code: 'precondition-failed',
          },
        );
      },
      STARTS_PROCESSES,
    );

    it('lets generations grow when the clock went backwards', async () => {
      const store = openFolderStore(root);
      await store.put('a', '1');
      const future = Date.now() / 1000 + 3600;
      await utimes(join(root, 'a'), future, future);
      const before = BigInt((await store.head('a'))!.generation);
      const { generation } = await store.put('a', '2');
      expect(BigInt(generation)).toBe(before + 1n);
      expect(BigInt((await store.put('a', '3', { ifGeneration: generation })).generation)).toBe(before + 2n);
    });

    it(
      'takes a lock over from a process that was killed while it held it',
      async () => {
        const held = inProcess(`
      const { folderLock } = await import(${JSON.stringify(join(__dirname, 'folder-lock.ts'))});
      await folderLock(${JSON.stringify(join(root, '.object-store/lock.db'))}).run(() => process.kill(process.pid, 'SIGKILL'));`);
        expect(await held).toBe('');
        await openFolderStore(root).put('a', '1');
      },
      STARTS_PROCESSES,
    );

    it('removes what a killed process left unfinished, a day later', async () => {
      const drafts = join(root, '.object-store/unfinished');
      await mkdir(drafts, { recursive: true });
      await writeFile(join(drafts, 'old'), '');
      await writeFile(join(drafts, 'new'), '');
      const old = Date.now() / 1000 - 25 * 3600;
      await utimes(join(drafts, 'old'), old, old);
      await openFolderStore(root).put('a', '1');
      expect(await readdir(drafts)).toEqual(['new']);
    });

    it('says that a name cannot be an object and the beginning of others', async () => {
      const store = openFolderStore(root);
      await store.put('a', '1');
      await expect(store.put('a/b', '2')).rejects.toMatchObject({ code: 'invalid-object-key' });
      await store.put('c/d', '1');
      await expect(store.put('c', '2')).rejects.toThrow('either an object or the beginning of others');
      expect(await readdir(join(root, '.object-store/unfinished'))).toEqual([]);
    });

    it('says that a lock file which is no database can be deleted', async () => {
      await mkdir(join(root, '.object-store'));
      await writeFile(join(root, '.object-store/lock.db'), 'this is not a database'.repeat(10));
      await expect(openFolderStore(root).put('a', '1')).rejects.toThrow(
        /lock\.db cannot be used[^]*delete the file/,
      );
    });

    it(
      'can be read, and says that it cannot be written, where the folder is read-only',
      async () => {
        await openFolderStore(root).put('a', '1');
        await chmod(root, 0o555);
        await chmod(join(root, '.object-store'), 0o555);
        await chmod(join(root, '.object-store/unfinished'), 0o555);
        // Permissions do not bind the administrator: another user tries.
        const user = process.getuid?.() === 0 ? { uid: 65534 } : {};
        const printed = await inProcess(
          `print(String((await store.get('a')).content));
       for (const call of [() => store.put('a', '2'), () => store.delete('a')])
         await call().catch(({ code, message }) => print(code + ': ' + message));`,
          user,
        );
        const [read, put, remove] = printed.split('\n').map((line) => JSON.parse(line) as string);
        expect(read).toBe('1');
        expect(put).toMatch(/^storage-forbidden: .*the folder is read-only/);
        expect(remove).toMatch(/^storage-forbidden: .*the folder is read-only/);
        await chmod(root, 0o755);
      },
      STARTS_PROCESSES,
    );

    const mounts = spawnSync('unshare', ['-Urm', 'true']).status === 0;
    (mounts ? it : it.skip)(
      'changes nothing when the disk is full (needs a mount of its own)',
      () => {
        const script = `import { openFolderStore } from ${JSON.stringify(source)};
      const store = openFolderStore(${JSON.stringify(root)});
      await store.put('a', 'before');
      const failure = await store.put('a', new Uint8Array(1 << 20)).catch((error) => error);
      const { content } = await store.get('a');
      await store.put('b', 'fits');
      process.stdout.write(JSON.stringify([failure.code, failure.message, String(content)]));`;
        const command = `mount -t tmpfs -o size=256k none "$1" && exec "$2" --input-type=module --eval "$3"`;
        const run = spawnSync(
          'unshare',
          ['-Urm', 'sh', '-c', command, 'sh', root, process.execPath, script],
          {
            encoding: 'utf8',
          },
        );
        expect(run.stderr).toBe('');
        const [code, message, content] = JSON.parse(run.stdout) as string[];
        expect([code, content]).toEqual(['storage-full', 'before']);
        expect(message).toMatch(/"a" cannot be written .*ENOSPC.*Nothing was changed; free some space/);
      },
      STARTS_PROCESSES,
    );
  });
});

describe('fileError', () => {
  it.each([
    ['ENOSPC', 'storage-full'],
    ['EDQUOT', 'storage-full'],
    ['EROFS', 'storage-forbidden'],
    ['EIO', 'storage-unavailable'],
  ])('tells people what %s means', (code, expected) => {
    const error = Object.assign(new Error(`${code}: it failed`), { code });
    expect(fileError(error, { key: 'a', root: '/bucket' })).toMatchObject({ code: expected, cause: error });
  });
});
