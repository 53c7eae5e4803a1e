import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { AssayError } from '@assay/schema';

/** What a classifier takes. */
export type ClassifierInput = { bytes: Uint8Array } | { features: unknown };

/**
 * The inputs in a file: an image, or JSON with one object of features or a list of them.
 *
 * @throws AssayError `not-found` for a missing file, `malformed-json` for JSON that cannot be read.
 */
export async function readInputs(path: string): Promise<{ name: string; input: ClassifierInput }[]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new AssayError('not-found', `There is no file at ${path} that can be read.`, { cause });
  }
  if (extname(path).toLowerCase() !== '.json') return [{ name: path, input: { bytes } }];
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AssayError('malformed-json', `${path} is not valid JSON.`, { cause });
  }
  if (!Array.isArray(content)) return [{ name: path, input: { features: content } }];
  return content.map((features: unknown, index) => ({ name: `${path}#${index + 1}`, input: { features } }));
}
