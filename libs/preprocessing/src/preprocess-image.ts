import type { ImagePreprocessingSpec } from '@assay/schema';
import { decodeImage, type ImageLimits } from './decode-image.ts';
import { imageToViews } from './image-to-views.ts';
import { resizeImage } from './resize-image.ts';
import type { DecodedImage, Views } from './pixels.ts';

/** What came of one encoded image. */
export interface PreprocessedImage {
  /** Input of the model. */
  readonly views: Views;
  /** The whole image as decoded, before resizing. */
  readonly image: DecodedImage;
  /** Milliseconds spent. */
  readonly stages: { readonly decode: number; readonly preprocess: number };
}

/**
 * From encoded bytes to the model's input.
 *
 * @throws {AssayError} as {@link decodeImage}
 */
export async function preprocessImage(
  bytes: Uint8Array,
  spec: ImagePreprocessingSpec,
  limits: ImageLimits = {},
): Promise<PreprocessedImage> {
  const start = performance.now();
  const image = await decodeImage(bytes, { spec, limits });
  const decoded = performance.now();
  const isFast = spec.resize.mode !== 'none' && spec.resize.engine === 'libvips';
  const views = imageToViews(isFast ? await resizeImage(image, spec.resize) : image, spec);
  return {
    views,
    image,
    stages: { decode: decoded - start, preprocess: performance.now() - decoded },
  };
}
