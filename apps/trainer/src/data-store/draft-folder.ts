import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AssayError } from '@assay/schema';
import { compareFolder, countDifferences } from './compare.ts';
import { filesBelow, manifestPath, readManifest, writeManifest, type Manifest } from './manifest.ts';

/**
 * Refuses to replace a folder that holds more than what was pulled to it.
 *
 * @throws AssayError `invalid-dataset` that says what would be lost.
 */
export async function refuseToLose(target: string): Promise<void> {
  const files = await filesBelow(target);
  if (files.length === 0) return;
  const manifest = await readManifest(target);
  if (!manifest)
    throw new AssayError(
      'invalid-dataset',
      `${target} holds ${files.length} file(s) that were not pulled. Move them, push them, or replace them with --force.`,
    );
  const differences = await compareFolder(target, manifest);
  // What is missing is not lost by pulling again.
  const own = countDifferences({ ...differences, missing: [] });
  if (own > 0)
    throw new AssayError(
      'invalid-dataset',
      `${target} differs from what was pulled in ${own} file(s), such as ` +
        `${[...differences.changed, ...differences.extra][0]!}. Push the changes, or replace them with --force.`,
    );
}

/**
 * Puts a complete folder in the place of the one before; the manifest comes last.
 *
 * @param content The folder, or one inside it, which is removed as a whole afterwards.
 */
export async function installFolder(
  content: string,
  place: { draft: string; target: string; manifest: Manifest },
): Promise<void> {
  const { draft, target, manifest } = place;
  const before = `${target}.before`;
  await mkdir(dirname(target), { recursive: true });
  await rm(before, { recursive: true, force: true });
  await rm(manifestPath(target), { force: true });
  if (existsSync(target)) await rename(target, before);
  await rename(content, target);
  await writeManifest(target, manifest);
  await rm(before, { recursive: true, force: true });
  await rm(draft, { recursive: true, force: true });
}

/** Removes what an earlier attempt at another version left in a folder. */
export async function removeOthers(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  for (const path of await filesBelow(folder))
    if (!wanted.has(path)) await rm(join(folder, path), { force: true });
}
