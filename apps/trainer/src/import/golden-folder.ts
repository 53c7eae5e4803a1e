import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, parse as parsePath } from 'node:path';
import type { PreprocessingSpec } from '@assay/schema';
import { refuseFaults } from '../data/dataset-error.ts';
import { nestedTensor, readNpy, type PlainTensor } from './read-npy.ts';

/** An input with what the original model gave for it. */
export interface GoldenPair {
  name: string;
  /** As it arrives, or as the original model is fed. */
  input:
    { bytes: Uint8Array; mediaType: string } | { features: Record<string, number> } | { tensor: PlainTensor };
  expected: Float32Array;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
};

/** Outputs of all inputs in one file, by the inputs' names. */
const table = 'expected.json';
const expectedFile = /\.expected\.(?:npy|json)$/;

/**
 * Reads a folder of inputs: images, rows (`{"feature": 1}` in `.json`), or tensors as the original model is fed (`.npy`, or nested lists
 * in `.json`). What the original gave for `a.jpg` is in `a.expected.npy`, in `a.expected.json`, or under `"a.jpg"` in `expected.json`.
 *
 * @throws AssayError `invalid-dataset` that lists every fault with its path
 */
export function readGoldenFolder(folder: string, kind: PreprocessingSpec['kind']): GoldenPair[] {
  const faults: string[] = [];
  const attempt = <T>(path: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      faults.push(reason.includes(path) ? reason : `${path}: ${reason}`);
      return undefined;
    }
  };
  const names =
    attempt(folder, () =>
      readdirSync(folder)
        .filter((name) => !name.startsWith('.'))
        .sort(),
    ) ?? [];
  const tableFile = join(folder, table);
  const listed = names.includes(table)
    ? (attempt(tableFile, () => readJson(tableFile) as Record<string, unknown>) ?? {})
    : {};
  const inputs = names.filter((name) => name !== table && !expectedFile.test(name));
  const pairs = inputs.flatMap((name): GoldenPair[] => {
    const path = join(folder, name);
    const input = attempt(path, () => readInput(path, kind));
    const stem = join(folder, parsePath(name).name);
    const beside = ['.expected.npy', '.expected.json'].find((end) =>
      names.includes(parsePath(name).name + end),
    );
    const expected = attempt(path, () => {
      if (beside !== undefined) return readTensor(`${stem}${beside}`).data;
      if (name in listed) return nestedTensor(listed[name], `${tableFile}: "${name}"`).data;
      throw new Error(
        `what the model gives for it is missing: expected ${stem}.expected.npy or .json, or "${name}" in ${tableFile}`,
      );
    });
    return input && expected ? [{ name, input, expected }] : [];
  });
  if (inputs.length === 0 && faults.length === 0)
    faults.push(`${folder}: expected inputs with the outputs of the model, found none`);
  for (const name of Object.keys(listed))
    if (!inputs.includes(name)) faults.push(`${tableFile}: there is no input "${name}"`);
  refuseFaults(folder, faults);
  return pairs;
}

function readInput(path: string, kind: PreprocessingSpec['kind']): GoldenPair['input'] {
  const ending = extname(path).toLowerCase();
  if (ending === '.npy') return { tensor: readTensor(path) };
  if (ending === '.json') {
    const content = readJson(path);
    if (Array.isArray(content)) return { tensor: nestedTensor(content, path) };
    if (kind === 'image') throw new Error('expected an image, or a tensor as nested lists');
    return { features: content as Record<string, number> };
  }
  const mediaType = mediaTypes[ending];
  if (kind === 'tabular' || mediaType === undefined)
    throw new Error(
      kind === 'image'
        ? `expected ${Object.keys(mediaTypes).join(', ')}, .npy or .json`
        : 'expected .json or .npy',
    );
  return { bytes: readFileSync(path), mediaType };
}

function readTensor(path: string): PlainTensor {
  return path.endsWith('.npy') ? readNpy(readFileSync(path), path) : nestedTensor(readJson(path), path);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
