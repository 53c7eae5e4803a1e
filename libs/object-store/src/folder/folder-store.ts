import { constants } from 'node:fs';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BigIntStats } from 'node:fs';
import { Readable } from 'node:stream';
import { readAll } from '../read-all.ts';
import { createCrc32c } from '../crc32c.ts';
import { checkKey, checkPrefix } from '../object-key.ts';
import {
  PAGE_LIMIT,
  type ObjectInfo,
  type ObjectStore,
  type PutOptions,
  type ReadOptions,
} from '../object-store.ts';
import { SourceFailure } from '../source-failure.ts';
import { checkOptions, refuse } from '../store-error.ts';
import { commitFile, removeFile } from './commit.ts';
import { fileError, isMissing } from './file-error.ts';
import { infoOf } from './file-info.ts';
import { folderLock } from './folder-lock.ts';
import { removeAbandoned, stageFile } from './staged-file.ts';
import { walkKeys } from './walk.ts';

/** Below the root: the lock, and what is being written. No key can begin with a dot. */
const BOOKKEEPING = '.object-store';

/**
 * A bucket in a folder: the object `a/b.json` is the file `a/b.json`. Content is written and synced beside the
 * objects, then renamed to its place inside a lock that all processes share, in which preconditions are checked.
 */
export function openFolderStore(folder: string): ObjectStore {
  const root = resolve(folder);
  const url = `file:${folder}`;
  const drafts = join(root, BOOKKEEPING, 'unfinished');
  const lock = folderLock(join(root, BOOKKEEPING, 'lock.db'));
  let cleaned: Promise<void> | undefined;

  const guard = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    checkKey(key);
    try {
      return await work();
    } catch (error) {
      if (error instanceof SourceFailure) throw error.cause;
      throw isMissing(error) ? refuse.missing(key, url, error) : fileError(error, { key, root });
    }
  };

  const putStream = (key: string, content: AsyncIterable<Uint8Array>, options: PutOptions = {}) =>
    guard(key, async () => {
      checkOptions(options);
      await (cleaned ??= removeAbandoned(drafts));
      const staged = await stageFile(drafts, content);
      try {
        if (options.crc32c !== undefined && options.crc32c !== staged.crc32c)
          throw refuse.checksum(key, options.crc32c, staged.crc32c);
        return await lock.run(() => commitFile(root, { key, staged, condition: options }));
      } catch (error) {
        await rm(staged.path, { force: true });
        throw error;
      }
    });

  const openObject = async (key: string): Promise<{ file: FileHandle; stats: BigIntStats }> => {
    const file = await open(join(root, key), constants.O_RDONLY);
    const stats = await file.stat({ bigint: true });
    if (stats.isFile()) return { file, stats };
    await file.close();
    throw refuse.missing(key, url);
  };

  const getStream = (key: string, options: ReadOptions = {}) =>
    guard(key, async () => {
      checkOptions(options);
      // Later writes replace the file: what is open stays as it is.
      const { file, stats } = await openObject(key);
      const info = infoOf(key, stats);
      const { range, ifGeneration } = options;
      if (ifGeneration !== undefined && ifGeneration !== info.generation) {
        await file.close();
        throw refuse.precondition(key, options, info.generation);
      }
      if (range && range.start >= info.size) {
        await file.close();
        throw refuse.range(key, range.start, info.size);
      }
      const end = range?.end === undefined ? {} : { end: range.end - 1 };
      return {
        info,
        content: file.createReadStream({ start: range?.start ?? 0, ...end, highWaterMark: 1 << 18 }),
      };
    });

  const head = (key: string): Promise<ObjectInfo | undefined> =>
    guard(key, async () => {
      try {
        const stats = await stat(join(root, key), { bigint: true });
        return stats.isFile() ? infoOf(key, stats) : undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    });

  return {
    url,
    putStream,
    getStream,
    head,

    put: (key, content, options) =>
      putStream(key, Readable.from([typeof content === 'string' ? Buffer.from(content) : content]), options),

    get: async (key, options) => {
      const { info, content } = await getStream(key, options);
      return {
        info,
        content: await readAll(content).catch((error: unknown) => {
          throw fileError(error, { key, root });
        }),
      };
    },

    crc32c: async (key) => {
      const crc = createCrc32c();
      const { content } = await getStream(key);
      for await (const chunk of content) crc.update(chunk as Buffer);
      return crc.digest();
    },

    list: async (prefix, { limit = PAGE_LIMIT, pageToken = '' } = {}) => {
      checkPrefix(prefix);
      const objects: ObjectInfo[] = [];
      try {
        for await (const key of walkKeys(root, { prefix, after: pageToken })) {
          if (objects.length === Math.min(limit, PAGE_LIMIT))
            return { objects, nextPageToken: objects.at(-1)!.key };
          const info = await stat(join(root, key), { bigint: true }).catch(() => undefined);
          if (info) objects.push(infoOf(key, info)); // Else it was deleted meanwhile.
        }
      } catch (error) {
        throw fileError(error, { key: prefix, root });
      }
      return { objects };
    },

    delete: (key, options = {}) =>
      guard(key, async () =>
        (await head(key)) === undefined ? false : lock.run(() => removeFile(root, key, options)),
      ),

    copy: async (from, to, options = {}) => {
      checkKey(to);
      const { content } = await getStream(from);
      return putStream(to, content, options);
    },
  };
}
