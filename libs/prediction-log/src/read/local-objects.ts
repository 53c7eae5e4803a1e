import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ObjectInfo, ObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { VanishedFile } from '../database/database-error.ts';

/** Objects as files of this machine, for DuckDB. */
export interface LocalObjects {
  /** Paths in the order of the objects. */
  paths(objects: readonly ObjectInfo[]): Promise<string[]>;
}

/** Downloads at a time. */
const CONCURRENCY = 8;

/**
 * The files of a folder are used where they are. Objects from elsewhere are fetched, once for each generation; those that were not
 * asked for longest make room for others.
 *
 * @param options.folder For what is fetched.
 * @param options.bytes How much of it is kept beyond what is in use.
 */
export function localObjects(store: ObjectStore, options: { folder: string; bytes: number }): LocalObjects {
  const root = /^file:(.*)$/s.exec(store.url)?.[1];
  if (root !== undefined)
    return { paths: async (objects) => objects.map(({ key }) => join(resolve(root), key)) };

  const { folder, bytes } = options;
  /** By path; the most recently used last. */
  const fetched = new Map<string, { size: number; ready: Promise<void> }>();

  const fetchObject = async ({ key, generation }: ObjectInfo, path: string) => {
    const draft = `${path}.${randomUUID()}`;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { content } = await store.getStream(key, { ifGeneration: generation });
      await pipeline(content, createWriteStream(draft, { mode: 0o600 }));
      await rename(draft, path);
    } catch (error) {
      fetched.delete(path);
      await rm(draft, { force: true });
      const gone =
        error instanceof AssayError && ['object-not-found', 'precondition-failed'].includes(error.code);
      throw gone ? new VanishedFile(error.message, { cause: error }) : error;
    }
  };

  const use = (object: ObjectInfo) => {
    const name = createHash('sha256').update(`${object.key}\n${object.generation}`).digest('hex');
    const path = join(folder, `${name}${extname(object.key)}`);
    const known = fetched.get(path);
    fetched.delete(path);
    const entry = known ?? { size: object.size, ready: fetchObject(object, path) };
    fetched.set(path, entry);
    return { path, ready: entry.ready };
  };

  const makeRoom = async (inUse: ReadonlySet<string>) => {
    let total = 0;
    for (const { size } of fetched.values()) total += size;
    for (const [path, { size }] of fetched) {
      if (total <= bytes) return;
      if (inUse.has(path)) continue;
      fetched.delete(path);
      total -= size;
      await rm(path, { force: true });
    }
  };

  return {
    paths: async (objects) => {
      const paths: string[] = [];
      for (let at = 0; at < objects.length; at += CONCURRENCY) {
        const some = objects.slice(at, at + CONCURRENCY).map(use);
        await Promise.all(some.map(({ ready }) => ready));
        paths.push(...some.map(({ path }) => path));
      }
      await makeRoom(new Set(paths));
      return paths;
    },
  };
}
