import { seededRandom } from '@assay/random';
import type { Pixels } from '../pixels.ts';

/** Bytes drawn evenly: the hardest image for a resampler and an encoder alike. */
export function randomImage(
  width: number,
  height: number,
  options: { readonly channels?: 1 | 3; readonly seed?: number | string } = {},
): Pixels {
  const { channels = 3, seed = 1 } = options;
  const random = seededRandom(seed, width, height, channels);
  const data = Uint8Array.from({ length: width * height * channels }, () => random.integer(256));
  return { width, height, channels, data };
}

/** An image with the given values, row by row. */
export function greyImage(rows: readonly (readonly number[])[]): Pixels {
  return { width: rows[0]!.length, height: rows.length, channels: 1, data: Uint8Array.from(rows.flat()) };
}

/** The pixels as rows of values, for comparison by eye. */
export function toRows({ width, height, channels, data }: Pixels): number[][] {
  const line = width * channels;
  return Array.from({ length: height }, (_, y) => [...data.subarray(y * line, (y + 1) * line)]);
}
