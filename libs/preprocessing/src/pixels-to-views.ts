import type { ImagePreprocessingSpec } from '@assay/schema';
import { cropWindows } from './crop-windows.ts';
import { imageToViews } from './image-to-views.ts';
import { resizeImage } from './resize-image.ts';
import { resizeTarget, type Size } from './resize-target.ts';
import { toGrey } from './to-grey.ts';
import type { Pixels, Views } from './pixels.ts';

/** The model's input, and the image in the colours of the spec. */
export interface PixelsAndViews {
  readonly pixels: Pixels;
  readonly views: Views;
}

/**
 * All that is done to decoded pixels before the model sees them, with either engine.
 *
 * @param decoded - red, green and blue; for `colour: 'grey'` grey pixels come back
 * @throws {AssayError} `too-many-pixels` where the image is too long to be resized
 */
export async function pixelsToViews(decoded: Pixels, spec: ImagePreprocessingSpec): Promise<PixelsAndViews> {
  const { resize } = spec;
  const pixels = spec.colour === 'grey' ? toGrey(decoded) : decoded;
  const isFast = resize.mode !== 'none' && resize.engine === 'libvips';
  return { pixels, views: imageToViews(isFast ? await resizeImage(pixels, resize) : pixels, spec) };
}

/** Pixels that {@link pixelsToViews} reads or writes: those of the image, of its resized form and of all views. */
export function pixelsTouched({ width, height }: Size, spec: ImagePreprocessingSpec): number {
  const resized = resizeTarget({ width, height }, spec.resize);
  const windows = cropWindows(resized, spec.crop);
  const views = windows.length * (spec.mirror ? 2 : 1);
  const view = windows[0]!;
  return width * height + resized.width * resized.height + views * view.width * view.height;
}
