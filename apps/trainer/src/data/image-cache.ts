import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decodeImage, encodeImage, resizeImage, type DecodeSpec, type Pixels } from '@assay/preprocessing';
import type { ResizeSpec } from '@assay/schema';
import { forEachConcurrently } from './concurrently.ts';
import type { ListedImage, Sample } from './sample.ts';

/** How a file becomes the pixels that are kept. */
export interface PixelOptions {
  decode: DecodeSpec;
  /** JPEG quality range for encoding again before anything else; `undefined` leaves the file as it is. */
  reencode?: readonly [low: number, high: number] | undefined;
  /** Brought to this size once; `undefined` keeps the size of the file. */
  resize?: ResizeSpec | undefined;
}

/** Pixels by position in the list of samples. */
export interface ImageCache {
  readonly samples: readonly Sample<ListedImage>[];
  pixels(index: number): Pixels | Promise<Pixels>;
}

/** Bytes that several caches may keep together. */
export interface ByteBudget {
  remaining: number;
}

/**
 * Decodes every image once and keeps as many as the budget allows.
 *
 * @returns The cache and a fault for each image that cannot be decoded.
 */
export async function cacheImages(
  samples: readonly Sample<ListedImage>[],
  options: PixelOptions,
  context: { budget: ByteBudget; onImage?: () => void },
): Promise<{ cache: ImageCache; faults: string[] }> {
  const kept = new Array<Pixels | undefined>(samples.length);
  const faults: string[] = [];
  await forEachConcurrently(samples, async (sample, index) => {
    try {
      const pixels = await readPixels(sample, options);
      if (pixels.data.byteLength <= context.budget.remaining) {
        context.budget.remaining -= pixels.data.byteLength;
        kept[index] = pixels;
      }
    } catch (error) {
      faults.push(`${sample.path}: ${(error as Error).message}`);
    }
    context.onImage?.();
  });
  const cache: ImageCache = {
    samples,
    pixels: (index) => kept[index] ?? readPixels(samples[index] as Sample<ListedImage>, options),
  };
  return { cache, faults: faults.sort() };
}

async function readPixels(sample: Sample<ListedImage>, options: PixelOptions): Promise<Pixels> {
  let image: Pixels = await decodeImage(readFileSync(sample.path), { spec: options.decode });
  if (options.reencode) {
    const encoded = await encodeImage(image, 'jpeg', {
      quality: drawQuality(sample.digest, options.reencode),
    });
    image = await decodeImage(encoded, { spec: options.decode });
  }
  const { width, height, channels, data } = options.resize ? await resizeImage(image, options.resize) : image;
  return { width, height, channels, data };
}

/** A quality that depends on the content alone, whatever the class. */
function drawQuality(digest: string, [low, high]: readonly [number, number]): number {
  const hash = createHash('sha256').update(`quality/${digest}`).digest().readUInt32BE(0);
  return low + (hash % (high - low + 1));
}
