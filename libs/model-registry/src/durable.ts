import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Files and folders that begin with this are unfinished writes. */
export const UNFINISHED = '.unfinished-';

/** A fresh sibling of `path` to write into before it is renamed to its place. */
export function unfinishedPath(path: string): string {
  return join(dirname(path), `${UNFINISHED}${basename(path)}-${randomUUID()}`);
}

/** Writes a file and waits until the disk has it. Folders on the way are made. */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Puts a file in its place at once: readers see the old content or the new, never a part, even where the machine stops.
 */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = unfinishedPath(path);
  try {
    await writeDurably(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Waits until the disk has a folder's entries. Windows cannot open folders and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
