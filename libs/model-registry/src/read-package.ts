import { lstat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  golden as goldenSchema,
  modelManifest,
  type Golden,
  type ModelManifest,
  type PackageFile,
} from '@assay/schema';
import type { z } from 'zod';
import { packageDigest, sha256Of } from './digest.ts';
import { CARD, GOLDEN, MANIFEST, type ModelPackage } from './model-package.ts';
import { faultsOf, invalidPackage } from './package-error.ts';

/**
 * Reads a package and checks all of it: the manifest, that every listed file is there and has the size and
 * sha256 listed, and the golden inputs. Files that are not listed are not looked at.
 *
 * @param folder the package itself, not the registry
 * @throws AssayError `invalid-package` with every fault
 */
export async function readPackage(folder: string): Promise<ModelPackage> {
  const manifest = await readManifest(folder);
  const faults = (await Promise.all(manifest.files.map((file) => checkFile(folder, file)))).flat();
  const listed = new Set(manifest.files.map((file) => file.path));
  for (const needed of [GOLDEN, CARD]) {
    if (!listed.has(needed)) faults.push(`${needed}: expected in the manifest's files, is not listed`);
  }
  if (faults.length > 0) throw invalidPackage(`"${folder}"`, faults);
  const golden = await readGolden(folder, manifest);

  const path = (file: string): string => {
    if (!listed.has(file)) throw invalidPackage(`"${folder}"`, [`${file}: is not in the manifest's files`]);
    return join(folder, file);
  };
  return {
    name: manifest.name,
    version: manifest.version,
    folder: resolve(folder),
    manifest,
    golden,
    digest: packageDigest(manifest.files),
    path,
    modelPath(variant) {
      const chosen = manifest.variants[variant];
      if (chosen === undefined) {
        throw invalidPackage(`"${folder}"`, [
          `variants: has no ${variant}, only ${Object.keys(manifest.variants).join(', ')}`,
        ]);
      }
      return path(chosen.file);
    },
    card: () => readFile(path(CARD), 'utf8'),
  };
}

/** The manifest alone, without a look at the files. @throws AssayError `invalid-package` with every fault */
export async function readManifest(folder: string): Promise<ModelManifest> {
  return readJson(folder, MANIFEST, modelManifest);
}

async function readGolden(folder: string, manifest: ModelManifest): Promise<Golden> {
  const golden = await readJson(folder, GOLDEN, goldenSchema);
  const faults: string[] = [];
  for (const [i, { logits }] of golden.cases.entries()) {
    for (const variant of ['fp32', 'int8'] as const) {
      if (manifest.variants[variant] === undefined) continue;
      const expected = manifest.labels.length;
      const received = logits[variant]?.length ?? 0;
      if (received !== expected) {
        faults.push(
          `${GOLDEN}: cases.${i}.logits.${variant}: expected ${expected} values, received ${received}`,
        );
      }
    }
  }
  if (faults.length > 0) throw invalidPackage(`"${folder}"`, faults);
  return golden;
}

async function readJson<T>(folder: string, file: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(join(folder, file), 'utf8');
  } catch (cause) {
    throw invalidPackage(`"${folder}"`, [`${file}: cannot be read (${reasonOf(cause)})`], cause);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw invalidPackage(`"${folder}"`, [`${file}: is not valid JSON; was it written to the end?`], cause);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw invalidPackage(`"${folder}"`, faultsOf(file, parsed.error));
  return parsed.data;
}

async function checkFile(folder: string, { path, bytes, sha256 }: PackageFile): Promise<string[]> {
  if (!isInside(path)) return [`${path}: expected a path inside the package, with forward slashes`];
  try {
    const status = await lstat(join(folder, path));
    if (!status.isFile()) return [`${path}: expected a plain file`];
    if (status.size !== bytes) return [`${path}: expected ${bytes} bytes, found ${status.size}`];
    const found = sha256Of(await readFile(join(folder, path)));
    return found === sha256 ? [] : [`${path}: expected sha256 ${sha256}, found ${found}`];
  } catch (cause) {
    return [`${path}: cannot be read (${reasonOf(cause)})`];
  }
}

/** Whether a listed path names a file below the package on every system. */
export function isInside(path: string): boolean {
  const parts = path.split('/');
  return !/[\\:\0]/.test(path) && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === 'ENOENT' ? 'there is no such file' : (code ?? String(cause));
}
