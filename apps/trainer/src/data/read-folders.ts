import { statSync, type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedImage } from './sample.ts';

/** What a reader found, and what is wrong with it. */
export interface Listing<T> {
  samples: T[];
  faults: string[];
}

/**
 * One folder per class; every file under it that is not hidden is an image of the class. Links to files, and class folders that
 * are links, are followed.
 *
 * @param parts Where the data set comes already parted, the folders that hold the class folders.
 */
export async function readFolders(
  root: string,
  parts: { train?: string | undefined; test?: string | undefined } = {},
): Promise<Listing<ListedImage>> {
  if (parts.train === undefined && parts.test === undefined) return readClasses(root);
  const train = await readClasses(join(root, parts.train ?? '.'), { given: 'train', skip: parts.test });
  if (parts.test === undefined) return train;
  const test = await readClasses(join(root, parts.test), { given: 'test' });
  return { samples: [...train.samples, ...test.samples], faults: [...train.faults, ...test.faults] };
}

async function readClasses(
  root: string,
  options: { given?: 'train' | 'test'; skip?: string | undefined } = {},
): Promise<Listing<ListedImage>> {
  const samples: ListedImage[] = [];
  const faults: string[] = [];
  for (const label of await childFolders(root)) {
    if (label === options.skip) continue;
    const files = await visibleFiles(join(root, label));
    if (files.length === 0) faults.push(`${join(root, label)}: the folder of class "${label}" is empty`);
    for (const path of files)
      samples.push({ kind: 'image', path, label, ...(options.given ? { given: options.given } : {}) });
  }
  if (samples.length === 0) faults.push(`${root}: expected one folder of images per class`);
  return { samples, faults };
}

async function childFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.name.startsWith('.') && leadsTo(entry).isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every file below the folder, in a fixed order. */
async function visibleFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.name.startsWith('.') && leadsTo(entry).isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The entry itself, or what a link leads to: stores of versioned data link into a cache. */
function leadsTo(entry: Dirent): { isFile(): boolean; isDirectory(): boolean } {
  if (!entry.isSymbolicLink()) return entry;
  const target = statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false });
  // A link to nothing is a file that cannot be read, which whoever reads it will say.
  return target ?? { isFile: () => true, isDirectory: () => false };
}
