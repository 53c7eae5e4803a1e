import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { copyFile, cp, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { AssayError } from '@assay/schema';
import { openPromise } from 'yauzl';

const run = promisify(execFile);

/**
 * Unpacks a `.tar`, `.tar.gz`, `.tgz` or `.zip` archive into a folder; copies anything else there, a folder with
 * its content. What would lie outside the folder is refused (zip) or left out (tar).
 *
 * @param name File name that tells the kind.
 * @throws AssayError `invalid-dataset` if the archive cannot be read.
 */
export async function unpack(path: string, name: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await stat(path)).isDirectory()) return cp(path, folder, { recursive: true });
  try {
    if (/\.(?:tar|tar\.gz|tgz)$/i.test(name))
      await run('tar', ['-xf', path, '-C', folder, '--no-same-owner', '--no-same-permissions']);
    else if (/\.zip$/i.test(name)) await unzip(path, folder);
    else await copyFile(path, join(folder, basename(name)));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') throw cause;
    const { stderr, message } = cause as { stderr?: string; message: string };
    throw new AssayError(
      'invalid-dataset',
      `${name} cannot be unpacked: ${stderr?.trim().split('\n')[0] ?? message}.`,
      { cause },
    );
  }
}

/** yauzl refuses names that are absolute, hold a backslash or lead upwards, and content longer than announced. */
async function unzip(path: string, folder: string): Promise<void> {
  const archive = await openPromise(path, { strictFileNames: true });
  try {
    for await (const entry of archive.eachEntry()) {
      const target = join(folder, entry.fileName);
      if (entry.fileName.endsWith('/')) await mkdir(target, { recursive: true });
      else {
        await mkdir(dirname(target), { recursive: true });
        await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target));
      }
    }
  } finally {
    archive.close();
  }
}
