import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AssayError } from '@assay/schema';

/**
 * The sha256 of inputs that are told by it, or by their files.
 *
 * @throws AssayError `bad-request` if there is none, or a file cannot be read.
 */
export async function inputDigests(digests: readonly string[], files: readonly string[]): Promise<string[]> {
  const all = [...digests, ...(await Promise.all(files.map(digestOf)))];
  if (all.length > 0) return all;
  throw new AssayError('bad-request', 'Name what is to be forgotten: --input-sha256 or --input.');
}

async function digestOf(file: string): Promise<string> {
  const content = await readFile(file).catch((cause: unknown) => {
    throw new AssayError('bad-request', `Expected a file, ${file} cannot be read.`, { cause });
  });
  return createHash('sha256').update(content).digest('hex');
}
