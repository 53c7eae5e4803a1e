import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listAll, type ObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { forEachConcurrently } from '../data/concurrently.ts';
import { formatManifest, parseManifest, versionOf, type Manifest, type ManifestFile } from './manifest.ts';

/** Files up to this are sent in one request, larger ones as a stream. Bytes. */
const IN_ONE = 8 * 1024 * 1024;

/** Key of a file: its content, whatever data set and version it belongs to. */
export function contentKey(sha256: string): string {
  return `${shardOf(sha256)}${sha256.slice(2)}`;
}

/** Key of the list of a version's files. It is written last: where it is, everything it names is. */
export function versionKey(name: string, version: string): string {
  return `datasets/${name}/${version}.json`;
}

/** What a push did. */
export interface Pushed {
  /** Files that the store did not have. */
  files: number;
  bytes: number;
}

/**
 * Stores a version of a data set: each content once, several at a time, and only what the store does not have.
 *
 * @throws AssayError `invalid-dataset` if a file changes meanwhile.
 */
export async function pushVersion(
  store: ObjectStore,
  dataset: { name: string; folder: string; manifest: Manifest },
  context: { signal: AbortSignal; progress?: (bytes: number) => void },
): Promise<Pushed> {
  const { name, folder, manifest } = dataset;
  const byContent = new Map(manifest.files.map((file) => [file.sha256, file]));
  const present = await presentIn(store, [...byContent.keys()]);
  const absent = [...byContent.values()].filter(({ sha256 }) => !present.has(sha256));
  const pushed = { files: 0, bytes: 0 };
  await forEachConcurrently(absent, async (file) => {
    context.signal.throwIfAborted();
    try {
      await putFile(store, join(folder, file.path), file);
    } catch (error) {
      // Somebody else stored the same content meanwhile.
      if (!(error instanceof AssayError && error.code === 'precondition-failed')) throw error;
    }
    pushed.files++;
    pushed.bytes += file.size;
    context.progress?.(pushed.bytes);
  });
  await store.put(versionKey(name, versionOf(manifest)), formatManifest(manifest));
  return pushed;
}

/** @throws AssayError `invalid-dataset` if the store does not have the version, or has it damaged. */
export async function fetchManifest(store: ObjectStore, name: string, version: string): Promise<Manifest> {
  const key = versionKey(name, version);
  const { content } = await store.get(key);
  const manifest = parseManifest(content.toString(), `${key} in ${store.url}`);
  if (versionOf(manifest) !== version)
    throw new AssayError(
      'invalid-dataset',
      `${key} in ${store.url} is damaged: it lists another version. Push again.`,
    );
  return manifest;
}

function shardOf(sha256: string): string {
  return `objects/sha256/${sha256.slice(0, 2)}/`;
}

/** Which contents the store has: one listing for each of the up to 256 shards, not one question for each file. */
async function presentIn(store: ObjectStore, digests: readonly string[]): Promise<Set<string>> {
  const present = new Set<string>();
  const shards = [...new Set(digests.map(shardOf))];
  await forEachConcurrently(shards, async (shard) => {
    for await (const { key } of listAll(store, shard)) present.add(key.slice(-65).replace('/', ''));
  });
  return present;
}

async function putFile(store: ObjectStore, path: string, file: ManifestFile): Promise<void> {
  const key = contentKey(file.sha256);
  if (file.size > IN_ONE) {
    await store.putStream(key, checked(path, file), { ifAbsent: true });
    return;
  }
  const content = await readFile(path);
  if (createHash('sha256').update(content).digest('hex') !== file.sha256) throw changed(path);
  await store.put(key, content, { ifAbsent: true });
}

/** Fails at its end, before the object appears, if the file is not what the manifest says. */
async function* checked(path: string, file: ManifestFile): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    hash.update(chunk as Buffer);
    yield chunk as Buffer;
  }
  if (hash.digest('hex') !== file.sha256) throw changed(path);
}

function changed(path: string): AssayError {
  return new AssayError(
    'invalid-dataset',
    `${path} changed while it was pushed: leave the folder alone and push again.`,
  );
}
