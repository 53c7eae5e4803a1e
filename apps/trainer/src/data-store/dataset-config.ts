import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '@assay/schema';
import { parse } from 'yaml';
import { z } from 'zod';
import { describeFaults } from '../config/faults.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a sha256: 64 lower-case hexadecimal digits');

/** Where a data set can be had. */
const source = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('url'),
    /** `https:`, `file:` or `gs:`; an archive (.tar.gz, .tgz, .tar, .zip), a single file, or with `file:` a folder. */
    url: z.string().regex(/^(https?|file|gs):/, 'expected an https:, file: or gs: URL'),
    /** Of the archive or file. */
    sha256: sha256.optional(),
  }),
  z.strictObject({
    type: z.literal('store'),
    /** Object store that `assay data push` wrote to, `file:` or `gs:`. */
    url: z.string().regex(/^(file|gs):/, 'expected a file: or gs: URL'),
  }),
  z.strictObject({
    type: z.literal('dvc'),
    /** `.dvc` file, relative to the working directory. */
    pointer: z.string().min(1),
    /** The DVC remote, `file:`, `gs:` or `https:`. */
    remote: z.string().regex(/^(https?|file|gs):/, 'expected an https:, file: or gs: URL'),
  }),
  z.strictObject({
    type: z.literal('manual'),
    /** Page with the download, where an account or a click on a licence is needed. */
    page: z.url(),
    /** What to do there. */
    steps: z.array(z.string().min(1)).min(1),
    sha256: sha256.optional(),
  }),
]);
export type DatasetSource = z.infer<typeof source>;

/** `configs/data/NAME.yaml`. */
export const datasetConfig = z.strictObject({
  description: z.string().min(1),
  /** Who made it and what may be done with it. */
  terms: z.string().min(1),
  /** Folder that it is pulled to, relative to the working directory. */
  target: z.string().min(1),
  /** Digest of the content; `assay data push` and `pull --pin` write it. */
  version: sha256.optional(),
  /** Tried in this order. */
  sources: z.array(source).min(1),
});
export type DatasetConfig = z.infer<typeof datasetConfig> & { name: string; file: string };

/**
 * Reads the description of a data set.
 *
 * @param folder Usually `configs/data`.
 * @throws AssayError `invalid-configuration` that lists every fault, or the names there are.
 */
export function loadDatasetConfig(name: string, folder: string): DatasetConfig {
  const file = join(folder, `${name}.yaml`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AssayError(
      'invalid-configuration',
      `No data set is named "${name}": ${file} cannot be read. Known: ${knownIn(folder)}.`,
      { cause },
    );
  }
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw new AssayError('invalid-configuration', `${file} is not valid YAML: ${(cause as Error).message}`, {
      cause,
    });
  }
  const result = datasetConfig.safeParse(content);
  if (result.success) return { ...result.data, name, file };
  const faults = describeFaults(result.error, { schema: datasetConfig, origins: new Map(), file });
  throw new AssayError(
    'invalid-configuration',
    `The description of the data set is not valid:${faults.map((fault) => `\n  - ${fault}`).join('')}`,
  );
}

/** Writes the version into the description: one line changes, all else stays as people wrote it. */
export async function pinVersion(config: DatasetConfig, version: string): Promise<void> {
  const text = readFileSync(config.file, 'utf8');
  const line = `version: ${version}`;
  const pinned = /^version:.*$/m.test(text)
    ? text.replace(/^version:.*$/m, line)
    : text.replace(/^target:.*$/m, (target) => `${target}\n${line}`);
  await writeFile(config.file, pinned);
}

function knownIn(folder: string): string {
  try {
    const names = readdirSync(folder).flatMap((name) => /^(.+)\.yaml$/.exec(name)?.[1] ?? []);
    return names.sort().join(', ') || 'none';
  } catch {
    return `none, for there is no folder ${folder}`;
  }
}
