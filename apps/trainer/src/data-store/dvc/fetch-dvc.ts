import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { openObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { forEachConcurrently } from '../../data/concurrently.ts';
import { download, type DownloadContext } from '../download.ts';
import { removeOthers } from '../draft-folder.ts';
import type { Fetch, Fetched } from '../fetch.ts';
import { fileDigest } from '../file-digest.ts';
import { httpSource } from '../http-source.ts';
import { manifestOf } from '../manifest.ts';
import { storeSource, type RangedSource } from '../ranged-source.ts';
import { parseDirectory, readPointer, remoteKeys, type DvcOut } from './pointer.ts';

/** A file that a pointer stands for. */
interface DvcFile {
  /** Below the data set's folder. */
  path: string;
  md5: string;
  legacy: boolean;
}

/** How a remote is asked for a key. */
type Remote = (key: string) => RangedSource;

/**
 * Fetches what a `.dvc` file points to from a DVC remote, as it is. A single folder becomes the data set; of
 * several outputs each keeps its path.
 */
export async function fetchDvc(source: { pointer: string; remote: string }, fetch: Fetch): Promise<Fetched> {
  const { draft, context } = fetch;
  const remote = await openRemote(source.remote);
  const outs = readPointer(source.pointer);
  await mkdir(draft, { recursive: true });
  const files: DvcFile[] = [];
  for (const out of outs)
    files.push(...(await filesOf(out, { remote, draft, context, alone: outs.length === 1 })));
  for (const { path } of files) refuseEscape(path, source.pointer);
  let done = 0;
  await forEachConcurrently(files, async (file) => {
    context.signal.throwIfAborted();
    const path = join(draft, file.path);
    // An interrupted attempt may have left the file, perhaps of another version.
    const there = existsSync(path) && (await matches(path, file.md5, file.legacy));
    if (!there) await fetchContent(remote, file, { path, context });
    context.progress?.(++done, files.length);
  });
  await removeOthers(draft, new Set(files.map(({ path }) => path)));
  return { content: draft, manifest: await manifestOf(draft) };
}

async function openRemote(url: string): Promise<Remote> {
  if (/^https?:/.test(url)) return (key) => httpSource(`${url.replace(/\/+$/, '')}/${key}`);
  const store = await openObjectStore(url);
  return (key) => storeSource(store, key);
}

async function filesOf(
  out: DvcOut,
  place: { remote: Remote; draft: string; context: DownloadContext; alone: boolean },
): Promise<DvcFile[]> {
  const legacy = out.hash !== 'md5';
  const { remote, draft, context, alone } = place;
  if (!out.md5.endsWith('.dir'))
    return [{ path: alone ? posix.basename(out.path) : out.path, md5: out.md5, legacy }];
  const listing = join(draft, '.dvc-folder');
  await fetchContent(remote, { path: `${out.path}/`, md5: out.md5, legacy }, { path: listing, context });
  const entries = parseDirectory(await readFile(listing, 'utf8'), `${out.md5}, the listing of ${out.path},`);
  await rm(listing);
  return entries.map(({ md5, relpath }) => ({
    path: alone ? relpath : posix.join(out.path, relpath),
    md5,
    legacy,
  }));
}

/** Fetches one object and checks it; the file has its name only then. */
async function fetchContent(
  remote: Remote,
  file: DvcFile,
  place: { path: string; context: DownloadContext },
): Promise<void> {
  const fetched = `${place.path}.fetched`;
  await mkdir(dirname(place.path), { recursive: true });
  await fetchFirst(remoteKeys(file.md5, file.legacy).map(remote), (source) =>
    download(source, fetched, { ...place.context, progress: () => {} }),
  );
  const expected = file.md5.slice(0, 32);
  if (!(await matches(fetched, expected, file.legacy))) {
    await rm(fetched);
    throw new AssayError(
      'checksum-mismatch',
      `${file.path} is damaged in the DVC remote: expected md5 ${expected}.`,
    );
  }
  await rename(fetched, place.path);
}

/** The first of the sources that has something. */
async function fetchFirst(
  sources: RangedSource[],
  fetch: (source: RangedSource) => Promise<void>,
): Promise<void> {
  for (const [index, source] of sources.entries()) {
    try {
      await fetch(source);
      return;
    } catch (error) {
      const absent = error instanceof AssayError && error.code === 'object-not-found';
      if (!absent || index === sources.length - 1) throw error;
    }
  }
}

async function matches(path: string, md5: string, legacy: boolean): Promise<boolean> {
  if ((await fileDigest(path, 'md5')) === md5) return true;
  if (!legacy) return false;
  const unix = (await readFile(path)).toString('latin1').replaceAll('\r\n', '\n');
  return createHash('md5').update(unix, 'latin1').digest('hex') === md5;
}

function refuseEscape(path: string, pointer: string): void {
  if (
    path.split('/').some((part) => part === '' || part === '..' || part.startsWith('.')) ||
    /[\\\0]/.test(path)
  )
    throw new AssayError(
      'invalid-dataset',
      `${pointer} names "${path}": expected a visible path below the data set's folder.`,
    );
}
