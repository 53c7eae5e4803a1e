import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pixels } from '@assay/preprocessing';

const magic = 'assay-pixels-1';

/** A name for decoded pixels by what they were decoded from and how. */
export function pixelKey(digests: readonly string[], how: unknown): string {
  const hash = createHash('sha256').update(`${magic} ${JSON.stringify(how)}`);
  for (const digest of digests) hash.update(`\n${digest}`);
  return hash.digest('hex').slice(0, 24);
}

/** Writes decoded images: a line of JSON with `[width, height, channels]` of each, then their bytes. Atomic. */
export async function writePixelFile(path: string, images: readonly Pixels[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const sizes = images.map(({ width, height, channels }) => [width, height, channels]);
  const parts = function* () {
    yield Buffer.from(`${JSON.stringify({ magic, sizes })}\n`);
    for (const { data } of images) yield data;
  };
  const draft = `${path}.${process.pid}.partial`;
  try {
    await pipeline(Readable.from(parts()), createWriteStream(draft));
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Reads what {@link writePixelFile} wrote; `undefined` where there is no such file or it is not whole. */
export async function readPixelFile(path: string): Promise<Pixels[] | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  const end = bytes?.indexOf(10) ?? -1;
  if (bytes === undefined || end < 0) return undefined;
  const { sizes } = JSON.parse(bytes.toString('utf8', 0, end)) as { sizes: [number, number, 1 | 3][] };
  let offset = end + 1;
  const images = sizes.map(([width, height, channels]): Pixels => {
    const length = width * height * channels;
    const data = bytes.subarray(offset, offset + length);
    offset += length;
    return { width, height, channels, data };
  });
  return offset === bytes.length ? images : undefined;
}
