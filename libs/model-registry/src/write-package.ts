import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AssayError, modelManifest, type ModelManifest, type PackageFile } from '@assay/schema';
import { sha256Of } from './digest.ts';
import { syncFolder, unfinishedPath, writeDurably } from './durable.ts';
import { modelDigest } from './model-digest.ts';
import { MANIFEST, type ModelPackage } from './model-package.ts';
import { faultsOf, invalidPackage } from './package-error.ts';
import { isInside, readPackage } from './read-package.ts';

/** A package that is to be written. */
export interface PackageDraft {
  /** The manifest without its list of files and its digest, which are made from {@link PackageDraft.files}. */
  readonly manifest: Omit<ModelManifest, 'files' | 'modelDigest'>;
  /** Contents by path inside the package: models, golden inputs, card, … */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
}

/**
 * Writes a package as one step: into a folder beside its place, waiting for the disk, read back and checked,
 * then renamed. A crash leaves at most an unfinished folder that no reader looks at.
 *
 * @param folder where the package shall be; its parent is made if need be
 * @throws AssayError `invalid-package` where the draft has faults (nothing is written), `version-exists` where
 *   the folder is taken
 */
export async function writePackage(folder: string, draft: PackageDraft): Promise<ModelPackage> {
  const manifest = completeManifest(draft);
  const temporary = unfinishedPath(folder);
  try {
    await mkdir(temporary, { recursive: true });
    const folders = new Set([temporary]);
    for (const [path, content] of Object.entries(draft.files)) {
      await writeDurably(join(temporary, path), content);
      folders.add(dirname(join(temporary, path)));
    }
    await writeDurably(join(temporary, MANIFEST), `${readableJson(manifest)}\n`);
    for (const each of folders) await syncFolder(each);
    await readPackage(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // A folder can only be renamed onto an empty one: whoever comes second is refused here.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM') {
      throw new AssayError(
        'version-exists',
        `${manifest.name}@${manifest.version} exists and packages never change; choose another version.`,
        { cause: error },
      );
    }
    throw error;
  }
  await syncFolder(dirname(folder));
  return readPackage(folder);
}

function completeManifest({ manifest, files }: PackageDraft): ModelManifest {
  const subject = `${manifest.name}@${manifest.version}`;
  const misplaced = Object.keys(files).filter((path) => !isInside(path) || path === MANIFEST);
  if (misplaced.length > 0) {
    throw invalidPackage(
      subject,
      misplaced.map((path) => `${path}: is not a place for a file of a package`),
    );
  }
  const parsed = modelManifest.safeParse({ ...manifest, files: listFiles(files) });
  if (!parsed.success) throw invalidPackage(subject, faultsOf(MANIFEST, parsed.error));
  return { ...parsed.data, modelDigest: modelDigest(parsed.data) };
}

/** Size and digest of each file. */
export function listFiles(files: PackageDraft['files']): PackageFile[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    bytes: Buffer.byteLength(content),
    sha256: sha256Of(content),
  }));
}

/** JSON in lines, but a list of numbers on one: a confusion matrix stays a matrix. */
function readableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /\[\n\s+((?:[-\d.eE+]+,?\s+)+)\]/g,
    (_, items: string) => `[${items.trim().replace(/\s+/g, ' ')}]`,
  );
}
