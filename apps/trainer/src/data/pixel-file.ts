import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
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
    await pipeline(Readable.from(parts()), createWriteStream(draft, { flush: true }));
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Reads what {@link writePixelFile} wrote, into memory that threads share; `undefined` where there is no such file or
 * it is not whole.
 */
export async function readPixelFile(path: string): Promise<Pixels[] | undefined> {
  const bytes = await readShared(path);
  const end = bytes?.indexOf(10) ?? -1;
  if (bytes === undefined || end < 0) return undefined;
  const header = Buffer.from(bytes.subarray(0, end)).toString('utf8');
  const { sizes } = JSON.parse(header) as { sizes: [number, number, 1 | 3][] };
  let offset = end + 1;
  const images = sizes.map(([width, height, channels]): Pixels => {
    const length = width * height * channels;
    const data = bytes.subarray(offset, offset + length);
    offset += length;
    return { width, height, channels, data };
  });
  return offset === bytes.length ? images : undefined;
}

async function readShared(path: string): Promise<Uint8Array<SharedArrayBuffer> | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    // One read moves at most 2 GiB.
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(size - at, 2 ** 30), at);
      if (bytesRead === 0) return undefined;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
