import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { contentFolder } from '../data/content-folder.ts';
import { download } from './download.ts';
import type { Fetch, Fetched } from './fetch.ts';
import { fileDigest } from './file-digest.ts';
import { httpSource } from './http-source.ts';
import { manifestOf } from './manifest.ts';
import { storeSource, type RangedSource } from './ranged-source.ts';
import { unpack } from './unpack.ts';

/** Fetches an archive, a file or a folder, checks its digest and unpacks it. */
export async function fetchUrl(
  source: { url: string; sha256?: string | undefined },
  fetch: Fetch,
): Promise<Fetched> {
  const { draft, downloads, config, context } = fetch;
  const name = fileNameOf(source.url);
  const local = source.url.startsWith('file:') ? localPath(source.url) : undefined;
  const path = local ?? join(downloads, `${config.name}-${name}`);
  if (local === undefined) {
    if (!existsSync(path)) await download(await rangedSource(source.url), path, context);
  } else if (!existsSync(local)) throw new AssayError('object-not-found', `There is nothing at ${local}.`);
  const folder = (await stat(path)).isDirectory();
  if (!folder) await checkDigest(path, source, { keep: local !== undefined, note: context.note });
  await rm(draft, { recursive: true, force: true });
  await unpack(path, name, draft);
  const content = await contentFolder(draft);
  const manifest = await manifestOf(content);
  if (manifest.files.length === 0)
    throw new AssayError('invalid-dataset', `${source.url} holds no file: expected a data set.`);
  if (local === undefined) await rm(path);
  return { content, manifest };
}

async function checkDigest(
  path: string,
  source: { url: string; sha256?: string | undefined },
  options: { keep: boolean; note(text: string): void },
): Promise<void> {
  const digest = await fileDigest(path);
  if (source.sha256 === undefined)
    options.note(`${source.url} has sha256 ${digest}, which nothing was compared with.`);
  if (source.sha256 === undefined || digest === source.sha256) return;
  // Going on behind wrong bytes would never end well.
  if (!options.keep) await rm(path);
  throw new AssayError(
    'checksum-mismatch',
    `${source.url} is not what its description says: expected sha256 ${source.sha256}, received ${digest}. ` +
      'The source has changed or was damaged on its way.',
  );
}

async function rangedSource(url: string): Promise<RangedSource> {
  if (!url.startsWith('gs:')) return httpSource(url);
  const match = /^(gs:\/\/[^/?]+)\/([^?]+)(\?.*)?$/.exec(url);
  if (!match)
    throw new AssayError(
      'invalid-configuration',
      `${url} names no object: expected gs://bucket/path/to/file.`,
    );
  const [, bucket = '', key = '', query = ''] = match;
  return storeSource(await openObjectStore(bucket + query), key);
}

/** `file:relative/path` and `file:///absolute/path`. */
function localPath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length));
}

/** The last part of the path, which tells the kind of archive. */
function fileNameOf(url: string): string {
  return decodeURIComponent(basename(url.replace(/[?#].*$/, ''))) || 'data';
}
