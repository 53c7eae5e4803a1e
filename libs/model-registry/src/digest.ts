import { createHash } from 'node:crypto';
import type { PackageFile } from '@assay/schema';

/** sha256 of some bytes, lower-case hex. */
export function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * One sha256 for a whole package: over the lines `<sha256>  <path>\n` of its files, sorted by path (the format
 * of `sha256sum`). Two packages with the same digest hold the same files.
 */
export function packageDigest(files: readonly PackageFile[]): string {
  const lines = [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => `${file.sha256}  ${file.path}\n`);
  return sha256Of(lines.join(''));
}
