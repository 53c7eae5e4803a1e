import { readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AssayError } from '@assay/schema';
import { z } from 'zod';
import { forEachConcurrently } from '../data/concurrently.ts';
import { datasetDigest } from '../data/digest.ts';
import { fileDigest } from './file-digest.ts';

/** A path below the data set's folder that cannot lead out of it. */
const path = z
  .string()
  .refine(
    (text) =>
      !text.includes('\\') &&
      !text.includes('\0') &&
      text.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'expected a path below the folder, parts divided by "/"',
  );
const manifest = z.strictObject({
  files: z.array(
    z.strictObject({
      path,
      /** Bytes. */
      size: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** What a version of a data set consists of. */
export type Manifest = z.infer<typeof manifest>;
export type ManifestFile = Manifest['files'][number];

/** The version of a data set: a digest of the sorted digests of its files, each with its path. */
export function versionOf({ files }: Manifest): string {
  return datasetDigest(files.map((file) => ({ digest: file.sha256, label: file.path })));
}

/**
 * Reads every file of a folder. Hidden files and folders belong to no data set.
 *
 * @param progress Told how many bytes have been read.
 */
export async function manifestOf(folder: string, progress?: (bytes: number) => void): Promise<Manifest> {
  const paths = await filesBelow(folder);
  const files = new Array<ManifestFile>(paths.length);
  let done = 0;
  await forEachConcurrently(paths, async (name, index) => {
    const { size } = await stat(join(folder, name));
    files[index] = { path: name, size, sha256: await fileDigest(join(folder, name)) };
    progress?.((done += size));
  });
  return { files };
}

/** Paths of the visible files below a folder, divided by "/", sorted. Empty if there is no folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
    .sort();
}

/** Where the manifest of a data set lies that was pulled to a folder: beside it. */
export function manifestPath(target: string): string {
  return `${target}.manifest.json`;
}

/** The manifest beside a folder; `undefined` if there is none that can be read. */
export async function readManifest(target: string): Promise<Manifest | undefined> {
  const text = await readFile(manifestPath(target), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  return parseManifest(text, manifestPath(target));
}

/** Written as one step: the old manifest or the new one is there, never a part. */
export async function writeManifest(target: string, content: Manifest): Promise<void> {
  const draft = `${manifestPath(target)}.unfinished`;
  await writeFile(draft, formatManifest(content));
  await rename(draft, manifestPath(target));
}

/** One line a file, so that people can compare two versions with the tools they have. */
export function formatManifest({ files }: Manifest): string {
  const lines = files.map((file) => JSON.stringify(file));
  return `{ "files": [\n${lines.join(',\n')}\n] }\n`;
}

/** @throws AssayError `invalid-dataset` if the text is no manifest. */
export function parseManifest(text: string, source: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new AssayError(
      'invalid-dataset',
      `${source} is not valid JSON: expected a manifest of a data set.`,
      {
        cause,
      },
    );
  }
  const result = manifest.safeParse(content);
  if (result.success) return result.data;
  throw new AssayError(
    'invalid-dataset',
    `${source} is no manifest of a data set: ${z.prettifyError(result.error)}`,
  );
}
