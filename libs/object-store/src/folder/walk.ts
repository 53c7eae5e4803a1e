import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '@assay/schema';
import { isMissing } from './file-error.ts';

/**
 * Keys of the files below a folder that begin with a prefix and come after a key, in the order of their UTF-8
 * bytes. Folders that can hold none of them are not read.
 */
export async function* walkKeys(
  root: string,
  range: { prefix: string; after: string },
): AsyncGenerator<string> {
  yield* walk(root, '', range);
}

async function* walk(
  root: string,
  below: string,
  range: { prefix: string; after: string },
): AsyncGenerator<string> {
  for (const { key, folder } of await children(root, below)) {
    if (folder) {
      // `key` ends with "/": some key below it may begin with the prefix, and may come after the other one.
      const reaches = key.startsWith(range.prefix) || range.prefix.startsWith(key);
      if (reaches && (compare(key, range.after) > 0 || range.after.startsWith(key)))
        yield* walk(root, key, range);
    } else if (key.startsWith(range.prefix) && compare(key, range.after) > 0) yield key;
  }
}

/** A folder sorts as its name with a slash: `a-b` comes before what is in `a/`, as it does in a cloud bucket. */
async function children(root: string, below: string): Promise<{ key: string; folder: boolean }[]> {
  const found: { key: string; folder: boolean }[] = [];
  try {
    for await (const entry of await opendir(join(root, below), { bufferSize: 256 })) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) found.push({ key: `${below}${entry.name}/`, folder: true });
      else if (entry.isFile()) found.push({ key: `${below}${entry.name}`, folder: false });
    }
  } catch (error) {
    if (below === '' && (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      throw new AssayError('storage-unavailable', `${root} is a file, and should be a folder.`, {
        cause: error,
      });
    if (!isMissing(error)) throw error;
  }
  return found.sort((a, b) => compare(a.key, b.key));
}

/** In the order of UTF-8 bytes, which for characters beyond the first plane is not that of UTF-16 units. */
function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
