import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { forEachConcurrently } from '../data/concurrently.ts';
import { removeOthers } from './draft-folder.ts';
import { download } from './download.ts';
import { fileDigest } from './file-digest.ts';
import { readManifest, type ManifestFile } from './manifest.ts';
import { storeSource } from './ranged-source.ts';
import type { Fetch, Fetched } from './fetch.ts';
import { contentKey, fetchManifest } from './version-store.ts';

/**
 * Fetches the pinned version from a store. Files that the draft of an interrupted attempt has, or the folder of an
 * earlier version, are not fetched again.
 */
export async function fetchVersion(url: string, fetch: Fetch): Promise<Fetched> {
  const { config, draft, context } = fetch;
  if (config.version === undefined)
    throw new AssayError(
      'invalid-dataset',
      `${config.file} names no version to fetch from ${url}: \`assay data push ${config.name} --to ${url}\` writes it.`,
    );
  const store = await openObjectStore(url);
  const manifest = await fetchManifest(store, config.name, config.version);
  await mkdir(draft, { recursive: true });
  const old = await contentsOf(config.target);
  const total = manifest.files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  await forEachConcurrently(manifest.files, async (file) => {
    context.signal.throwIfAborted();
    const path = join(draft, file.path);
    if (!(await holds(path, file))) {
      await mkdir(dirname(path), { recursive: true });
      if (!(await reuse(old.get(file.sha256), path, file)))
        await fetchFile(path, file, () =>
          download(storeSource(store, contentKey(file.sha256)), `${path}.fetched`, {
            ...context,
            progress: () => {},
          }),
        );
    }
    context.progress?.((done += file.size), total);
  });
  await removeOthers(draft, new Set(manifest.files.map(({ path }) => path)));
  return { content: draft, manifest };
}

async function fetchFile(path: string, file: ManifestFile, load: () => Promise<void>): Promise<void> {
  const fetched = `${path}.fetched`;
  await load();
  if ((await fileDigest(fetched)) !== file.sha256) {
    await rm(fetched);
    throw new AssayError(
      'checksum-mismatch',
      `${contentKey(file.sha256)}, the content of ${file.path}, is damaged in the store. Delete the object and push again.`,
    );
  }
  await rename(fetched, path);
}

/** Whether an interrupted attempt left the file; it may have been at another version. */
async function holds(path: string, file: ManifestFile): Promise<boolean> {
  return existsSync(path) && (await fileDigest(path)) === file.sha256;
}

/** Where each content lies in the folder of the version that is there. */
async function contentsOf(target: string): Promise<Map<string, string>> {
  const manifest = await readManifest(target);
  return new Map(manifest?.files.map(({ sha256, path }) => [sha256, join(target, path)]) ?? []);
}

async function reuse(source: string | undefined, path: string, file: ManifestFile): Promise<boolean> {
  if (source === undefined || !existsSync(source)) return false;
  const copy = `${path}.copied`;
  await copyFile(source, copy);
  if ((await fileDigest(copy)) === file.sha256) {
    await rename(copy, path);
    return true;
  }
  await rm(copy);
  return false;
}
