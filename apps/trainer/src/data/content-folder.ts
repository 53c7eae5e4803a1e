import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where an unpacked archive holds nothing visible but one folder, that folder is the content. */
export async function contentFolder(unpacked: string): Promise<string> {
  const entries = (await readdir(unpacked, { withFileTypes: true })).filter(
    (entry) => !entry.name.startsWith('.'),
  );
  const only = entries.length === 1 ? entries[0] : undefined;
  return only?.isDirectory() ? join(unpacked, only.name) : unpacked;
}
