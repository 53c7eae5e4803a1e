import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { AssayError } from '@assay/schema';
import { contentFolder } from './content-folder.ts';

const run = promisify(execFile);
const archiveName = /\.(?:tar\.gz|tgz)$/;

/**
 * The folder with the data. A `.tar.gz` archive is unpacked once into `<state>/data/<name>-<digest>/` by the
 * system's `tar`; where it holds a single folder, that folder is the data.
 *
 * @param path Folder or archive.
 * @param state Folder for what can be made again, usually `.assay`.
 * @throws AssayError `invalid-dataset` if there is nothing at the path or the archive cannot be unpacked.
 */
export async function openData(path: string, state: string): Promise<string> {
  if (!existsSync(path))
    throw invalid(`There is no data at ${path}: expected a folder or a .tar.gz archive (set data.path).`);
  if (statSync(path).isDirectory()) return path;
  if (!archiveName.test(path)) throw invalid(`${path} is a file: expected a folder or a .tar.gz archive.`);
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  const parent = join(state, 'data');
  const target = join(parent, `${basename(path).replace(archiveName, '')}-${digest.slice(0, 12)}`);
  if (!existsSync(target)) await unpack(path, { parent, target });
  return contentFolder(target);
}

/** Unpacks beside the target and renames, so that a half-unpacked archive is never taken for data. */
async function unpack(path: string, place: { parent: string; target: string }): Promise<void> {
  await mkdir(place.parent, { recursive: true });
  const draft = await mkdtemp(join(place.parent, '.unpacking-'));
  try {
    await run('tar', ['-xzf', path, '-C', draft]);
    await rename(draft, place.target);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(place.target)) return;
    // What tar said, or why it could not be started.
    const { stderr = '', message } = cause as Error & { stderr?: string };
    const [said = message] = stderr.split('\n').filter(Boolean);
    throw invalid(
      `${path} cannot be unpacked into ${place.parent}: ${said}. ` +
        'Expected a gzip-compressed tar archive, and room for its files.',
      cause,
    );
  }
}

function invalid(detail: string, cause?: unknown): AssayError {
  return new AssayError('invalid-dataset', detail, { cause });
}
