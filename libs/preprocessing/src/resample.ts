import { AssayError } from '@assay/schema';
import { resampleColumnsPlain, resampleRowsPlain, type Rows } from './resample-plain.ts';
import { resampleColumnsWasm, resampleRowsWasm } from './resample-wasm.ts';
import type { Taps } from './resample-filters.ts';
import type { Pixels } from './pixels.ts';

/** Bytes that resizing may take at once: an image one pixel wide and a million high would ask for gigabytes. */
const largestBuffer = 1 << 29;

/**
 * Brings an image to `x.length` × `y.length`: weighted sums along the rows that are needed, rounded to bytes, then
 * down the columns. An axis without taps stays as it is.
 *
 * @throws {AssayError} `too-many-pixels` where the image's shape would take more than 512 MiB on the way
 */
export function resample(image: Pixels, axes: { readonly x?: Taps; readonly y?: Taps }): Pixels {
  const { x, y } = axes;
  const { channels } = image;
  const [first, last] = y === undefined ? [0, image.height] : span(y);
  const width = x?.length ?? image.width;
  const height = y?.length ?? image.height;
  requireRoom(image, width * Math.max(last - first, height) * channels);
  const line = image.width * channels;
  const needed = image.data.subarray(first * line, last * line);
  let rows: Rows = { width: image.width, rows: last - first, channels, data: needed };
  if (x !== undefined) {
    rows = { ...rows, width, data: resampleColumnsWasm(rows, x) ?? resampleColumnsPlain(rows, x) };
  }
  const data =
    y === undefined ? rows.data : (resampleRowsWasm(rows, y, first) ?? resampleRowsPlain(rows, y, first));
  return { width, height, channels, data };
}

/** @throws {AssayError} `too-many-pixels` where a step of resizing `image` would take more than 512 MiB */
export function requireRoom(image: Pixels, bytes: number): void {
  if (bytes <= largestBuffer) return;
  throw new AssayError(
    'too-many-pixels',
    `An image of ${image.width} × ${image.height} is too long or too large to be brought to the model's size; send a part of it, or a smaller image.`,
    { extensions: { width: image.width, height: image.height } },
  );
}

/** The source samples that are needed: `[first, last)`. */
function span({ starts, counts }: Taps): [number, number] {
  let first = Infinity;
  let last = 0;
  for (let i = 0; i < starts.length; i++) {
    first = Math.min(first, starts[i]!);
    last = Math.max(last, starts[i]! + counts[i]!);
  }
  return [first, last];
}
