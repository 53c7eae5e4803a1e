import type { ResizeFilter } from '@assay/schema';
import { kernels, makeTaps } from './resample-filters.ts';
import { requireRoom, resample } from './resample.ts';
import type { Pixels } from './pixels.ts';

/** A rectangle of an image, in pixels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Resizes to `width` × `height`, byte for byte as Pillow's `Image.resize((width, height), filter)`.
 *
 * With `window` only that part of the resized image is computed and returned; its bytes are the same.
 *
 * @throws {AssayError} `too-many-pixels` where the image's shape would take more than 512 MiB on the way
 */
export function resizePillow(
  image: Pixels,
  target: {
    readonly width: number;
    readonly height: number;
    readonly filter: ResizeFilter;
    readonly window?: Window;
  },
): Pixels {
  const { width, height, filter } = target;
  const window = target.window ?? { left: 0, top: 0, width, height };
  if (filter === 'nearest') return nearest(image, { width, height, window });
  const kernel = kernels[filter];
  const isWhole = window.width === width && window.height === height;
  if (isWhole && width === image.width && height === image.height) return image;
  const y = makeTaps(kernel, { from: image.height, to: height, first: window.top, length: window.height });
  const x = makeTaps(kernel, { from: image.width, to: width, first: window.left, length: window.width });
  return resample(image, { x, y });
}

/** Pillow takes the source pixel under each target's centre, adding up the step in double precision. */
function nearest(
  image: Pixels,
  target: { readonly width: number; readonly height: number; readonly window: Window },
): Pixels {
  const { channels, data } = image;
  const { width, height, window } = target;
  requireRoom(image, Math.max(window.width * window.height * channels, 4 * (width + height)));
  const columns = positions(image.width, width);
  const rows = positions(image.height, height);
  const result = new Uint8Array(window.width * window.height * channels);
  let to = 0;
  for (let y = 0; y < window.height; y++) {
    const line = rows[window.top + y]! * image.width;
    for (let x = 0; x < window.width; x++) {
      const from = (line + columns[window.left + x]!) * channels;
      for (let c = 0; c < channels; c++) result[to++] = data[from + c]!;
    }
  }
  return { width: window.width, height: window.height, channels, data: result };
}

function positions(from: number, to: number): Int32Array {
  const step = from / to;
  const result = new Int32Array(to);
  let at = step * 0.5;
  for (let i = 0; i < to; i++, at += step) result[i] = Math.min(from - 1, Math.trunc(at));
  return result;
}
