import { AssayError, type ImagePreprocessingSpec } from '@assay/schema';
import { crop } from './crop.ts';
import { cropWindows } from './crop-windows.ts';
import { normaliseInto, normaliseTable } from './normalise.ts';
import { padSquare } from './resize-image.ts';
import { resizePillow } from './resize-pillow.ts';
import { resizeTarget } from './resize-target.ts';
import { toGrey } from './to-grey.ts';
import type { Pixels, Views } from './pixels.ts';

/**
 * The rest of the way from decoded pixels to the model's input: colour, resize, windows, mirror images,
 * normalisation. With `mirror` each window is followed by its mirror image.
 *
 * With `resize.engine: 'libvips'` the image must have its size already ({@link resizeImage}, which
 * {@link preprocessImage} calls): libvips works outside this thread, so that it cannot be waited for here.
 *
 * @returns float32 NCHW, one row of N for each view
 */
export function imageToViews(image: Pixels, spec: ImagePreprocessingSpec): Views {
  const windows = visibleWindows(spec.colour === 'grey' ? toGrey(image) : image, spec);
  const first = windows[0]!;
  const size = first.width * first.height * first.channels;
  const perWindow = spec.mirror ? 2 : 1;
  const data = new Float32Array(windows.length * perWindow * size);
  const table = normaliseTable(spec.normalise);
  windows.forEach((window, index) => {
    const offset = index * perWindow * size;
    normaliseInto(window, table, { target: data, offset, layout: 'chw' });
    if (spec.mirror)
      normaliseInto(window, table, { target: data, offset: offset + size, layout: 'chw', mirror: true });
  });
  return { shape: [windows.length * perWindow, first.channels, first.height, first.width], data };
}

function visibleWindows(image: Pixels, spec: ImagePreprocessingSpec): Pixels[] {
  const { resize } = spec;
  const source = resize.mode === 'pad-square' ? padSquare(image, resize.background) : image;
  const size = resizeTarget(source, resize);
  const windows = cropWindows(size, spec.crop);
  const hasSize = size.width === source.width && size.height === source.height;
  if (resize.mode === 'none' || hasSize) return windows.map((window) => crop(source, window));
  if (resize.engine === 'libvips') {
    throw new AssayError(
      'internal',
      `Expected an image of ${size.width} × ${size.height}, as resizeImage gives it; received ${source.width} × ${source.height}.`,
    );
  }
  const only = windows[0]!;
  const isInside =
    only.left >= 0 &&
    only.top >= 0 &&
    only.left + only.width <= size.width &&
    only.top + only.height <= size.height;
  if (windows.length === 1 && isInside) {
    return [resizePillow(source, { ...size, filter: resize.filter, window: only })];
  }
  const resized = resizePillow(source, { ...size, filter: resize.filter });
  return windows.map((window) => crop(resized, window));
}
