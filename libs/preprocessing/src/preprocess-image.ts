import type { ImagePreprocessingSpec } from '@assay/schema';
import { decodeRgb, type ImageLimits } from './decode-image.ts';
import { pixelsToViews, pixelsTouched } from './pixels-to-views.ts';
import { viewsThread } from './views-thread.ts';
import type { DecodedImage, Views } from './pixels.ts';

/** What came of one encoded image. */
export interface PreprocessedImage {
  /** Input of the model. */
  readonly views: Views;
  /** The whole image as decoded, before resizing. */
  readonly image: DecodedImage;
  /** Milliseconds spent; `preprocess` includes the wait for the thread of large images. */
  readonly stages: { readonly decode: number; readonly preprocess: number };
}

/**
 * Images that touch more pixels than this leave the calling thread. A pixel costs 1.5 ns (colour, one view) to 7 ns (grey, or
 * many views), so that what stays holds the event loop for 7 ms at most; handing over costs 0.05 ms.
 */
const pixelsHere = 1_000_000;

/** One keeps up with five cores that decode (two where the model takes grey): decoding takes that much longer. */
const large = viewsThread();

/**
 * From encoded bytes to the model's input. Decoding runs on libuv's threads; what is then done to the pixels of a
 * large image runs on a thread of its own, so that a server goes on answering meanwhile. The results are the same.
 *
 * @throws {AssayError} as {@link decodeImage}; `internal` where that thread is lost
 */
export async function preprocessImage(
  bytes: Uint8Array,
  spec: ImagePreprocessingSpec,
  limits: ImageLimits = {},
): Promise<PreprocessedImage> {
  const start = performance.now();
  const { format, bytes: size, jpegQuality, ...rgb } = await decodeRgb(bytes, { spec, limits });
  const decoded = performance.now();
  const isLarge = pixelsTouched(rgb, spec) > pixelsHere;
  const { pixels, views } = await (isLarge ? large.run(rgb, spec) : pixelsToViews(rgb, spec));
  return {
    views,
    image: { ...pixels, format, bytes: size, ...(jpegQuality === undefined ? {} : { jpegQuality }) },
    stages: { decode: decoded - start, preprocess: performance.now() - decoded },
  };
}
