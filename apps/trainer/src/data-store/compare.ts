import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { forEachConcurrently } from '../data/concurrently.ts';
import { fileDigest } from './file-digest.ts';
import { filesBelow, type Manifest } from './manifest.ts';

/** How a folder differs from a manifest. Paths, sorted. */
export interface Differences {
  missing: string[];
  changed: string[];
  extra: string[];
}

/** Compares every file of a folder, by its size and then by its content. */
export async function compareFolder(
  folder: string,
  manifest: Manifest,
  progress?: (bytes: number) => void,
): Promise<Differences> {
  const found = new Set(await filesBelow(folder));
  const named = new Set(manifest.files.map(({ path }) => path));
  const missing: string[] = [];
  const changed: string[] = [];
  let done = 0;
  await forEachConcurrently(manifest.files, async ({ path, size, sha256 }) => {
    const file = join(folder, path);
    if (!found.has(path)) missing.push(path);
    else if ((await stat(file)).size !== size || (await fileDigest(file)) !== sha256) changed.push(path);
    progress?.((done += size));
  });
  return {
    missing: missing.sort(),
    changed: changed.sort(),
    extra: [...found].filter((path) => !named.has(path)).sort(),
  };
}

export function countDifferences({ missing, changed, extra }: Differences): number {
  return missing.length + changed.length + extra.length;
}
