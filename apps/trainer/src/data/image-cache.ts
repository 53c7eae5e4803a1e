import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, encodeImage, resizeImage, type DecodeSpec, type Pixels } from '@assay/preprocessing';
import type { ResizeSpec } from '@assay/schema';
import { forEachConcurrently } from './concurrently.ts';
import { pixelKey, readPixelFile, writePixelFile } from './pixel-file.ts';
import type { ListedImage, Sample } from './sample.ts';
import { sharedMemory } from './shared-memory.ts';

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
  pixels(index: number): Pixels | Promise<Pixels>;
}

/** What {@link openCache} needs. Posted to another thread it is copied, but for the pixels, which are shared. */
export interface CachedImages {
  readonly samples: readonly Sample<ListedImage>[];
  readonly options: PixelOptions;
  /** By position in the samples; `undefined` where there was no room. */
  readonly kept: readonly (Pixels | undefined)[];
}

/** Bytes that several caches may keep together. */
export interface ByteBudget {
  remaining: number;
}

/** Where decoded pixels are kept from one run to the next. */
export interface PixelStore {
  folder: string;
  /** Fewer images than this are decoded anew each time: it takes seconds, and the disk is spared. */
  least: number;
}

/** The pixels kept; images that were not are decoded anew each time. */
export function openCache({ samples, options, kept }: CachedImages): ImageCache {
  return { pixels: (index) => kept[index] ?? readPixels(samples[index]!, options) };
}

/**
 * Decodes every image once and keeps as many as the budget allows.
 *
 * @returns What was kept, and a fault for each image that cannot be decoded.
 */
export async function cacheImages(
  samples: readonly Sample<ListedImage>[],
  options: PixelOptions,
  context: { budget: ByteBudget; store?: PixelStore; onImage?: () => void },
): Promise<{ images: CachedImages; faults: string[] }> {
  const kept = new Array<Pixels | undefined>(samples.length);
  const faults: string[] = [];
  const images: CachedImages = { samples, options, kept };
  const memory = sharedMemory();
  const file = pixelFileOf(samples, options, context.store);
  const stored = file === undefined ? undefined : await readPixelFile(file);
  const bytes = stored?.reduce((sum, { data }) => sum + data.byteLength, 0) ?? Infinity;
  if (stored && bytes <= context.budget.remaining) {
    context.budget.remaining -= bytes;
    stored.forEach((pixels, index) => {
      kept[index] = pixels;
      context.onImage?.();
    });
    return { images, faults };
  }
  await forEachConcurrently(samples, async (sample, index) => {
    try {
      const pixels = await readPixels(sample, options);
      if (pixels.data.byteLength <= context.budget.remaining) {
        context.budget.remaining -= pixels.data.byteLength;
        kept[index] = { ...pixels, data: memory.keep(pixels.data) };
      }
    } catch (error) {
      faults.push(`${sample.path}: ${(error as Error).message}`);
    }
    context.onImage?.();
  });
  const whole = kept.filter((pixels) => pixels !== undefined);
  // It only saves time: where it cannot be written, the next run decodes again.
  if (file !== undefined && whole.length === samples.length)
    await writePixelFile(file, whole).catch(() => undefined);
  return { images, faults: faults.sort() };
}

function pixelFileOf(
  samples: readonly Sample<ListedImage>[],
  options: PixelOptions,
  store: PixelStore | undefined,
): string | undefined {
  if (store === undefined || samples.length < store.least) return undefined;
  const { decode, reencode, resize } = options;
  const { autoOrient, icc, background, colour } = decode;
  const how = { autoOrient, icc, background, colour, reencode, resize };
  return join(
    store.folder,
    `pixels-${pixelKey(
      samples.map(({ digest }) => digest),
      how,
    )}.bin`,
  );
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
export function drawQuality(digest: string, [low, high]: readonly [number, number]): number {
  const hash = createHash('sha256').update(`quality/${digest}`).digest().readUInt32BE(0);
  return low + (hash % (high - low + 1));
}
