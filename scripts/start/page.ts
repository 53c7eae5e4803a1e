import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPage } from '../../apps/frontend/scripts/build-page.ts';

/** What the page is built from, below the repository's root. */
const SOURCES = [
  'apps/frontend/index.html',
  'apps/frontend/public',
  'apps/frontend/scripts',
  'apps/frontend/src',
  'package-lock.json',
];

/** Built pages that are kept: another checkout or branch may be going back and forth. */
const KEPT = 4;

export interface PageOptions {
  /** The repository's root. */
  readonly root: string;
  /** Where built pages are kept, a folder for each state of the sources. */
  readonly cache: string;
  /** Called when it has to be built. */
  onBuild?(): void;
}

/**
 * The page, built unless it was built from the same sources before. Several processes may ask at once: each sees a whole page or none.
 *
 * @returns its folder
 */
export async function builtPage({ root, cache, onBuild }: PageOptions): Promise<string> {
  const folder = join(cache, await digestOf(root));
  if (existsSync(folder)) return folder;
  onBuild?.();
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'new-'));
  try {
    await buildPage(fresh);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  await removeOld(cache, folder);
  return folder;
}

/** sha256 over names and contents of the sources; specs are no part of the page. */
async function digestOf(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const isFolder = (await stat(join(root, source))).isDirectory();
    const entries = isFolder
      ? await readdir(join(root, source), { recursive: true, withFileTypes: true })
      : [];
    const files = isFolder
      ? entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
      : [join(root, source)];
    for (const file of files.filter((name) => !name.includes('.spec.')).sort())
      hash
        .update(file.slice(root.length))
        .update('\0')
        .update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function removeOld(cache: string, current: string): Promise<void> {
  const pages = await Promise.all(
    (await readdir(cache))
      .filter((name) => !name.startsWith('new-'))
      .map(async (name) => ({ path: join(cache, name), time: (await stat(join(cache, name))).mtimeMs })),
  );
  const old = pages.filter(({ path }) => path !== current).sort((a, b) => b.time - a.time);
  for (const { path } of old.slice(KEPT - 1)) await rm(path, { recursive: true, force: true });
}
