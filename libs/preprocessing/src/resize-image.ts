import type { ResizeSpec } from '@assay/schema';
import { requireRoom } from './resample.ts';
import { resizePillow } from './resize-pillow.ts';
import { resizeTarget } from './resize-target.ts';
import { sharp } from './sharp.ts';
import { toGrey } from './to-grey.ts';
import type { Pixels } from './pixels.ts';

/** libvips' names of the filters. */
const libvipsKernels = {
  nearest: 'nearest',
  // There is no pure box; before any kernel libvips averages whole factors, and `linear` changes that least.
  box: 'linear',
  bilinear: 'linear',
  bicubic: 'cubic',
  lanczos: 'lanczos3',
} as const;

/**
 * Brings an image to the size of the spec, by the spec's engine; an image of that size is returned as it is.
 *
 * @throws {AssayError} `too-many-pixels` where the image is so long that this would take more than 512 MiB
 */
export async function resizeImage(image: Pixels, spec: ResizeSpec): Promise<Pixels> {
  if (spec.mode === 'none') return image;
  const source = spec.mode === 'pad-square' ? padSquare(image, spec.background) : image;
  const target = resizeTarget(source, spec);
  if (target.width === source.width && target.height === source.height) return source;
  if (spec.engine === 'pillow') return resizePillow(source, { ...target, filter: spec.filter });
  const { width, height, channels } = source;
  requireRoom(image, target.width * target.height * channels);
  const { data } = await sharp(source.data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize({ ...target, fit: 'fill', kernel: libvipsKernels[spec.filter] })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { ...target, channels, data };
}

/**
 * Centres an image on a square of its longer side.
 *
 * @throws {AssayError} `too-many-pixels` where the square would take more than 512 MiB
 */
export function padSquare(image: Pixels, background: readonly [number, number, number]): Pixels {
  const { width, height, channels, data } = image;
  if (width === height) return image;
  const side = Math.max(width, height);
  requireRoom(image, side * side * channels);
  const colour = toGreyIfNeeded(background, channels);
  const result = new Uint8Array(side * side * channels);
  const border = new Uint8Array(side * channels).map((_, at) => colour[at % channels]!);
  for (let y = 0; y < side; y++) result.set(border, y * border.length);
  const left = Math.floor((side - width) / 2);
  const top = Math.floor((side - height) / 2);
  const line = width * channels;
  for (let y = 0; y < height; y++)
    result.set(data.subarray(y * line, (y + 1) * line), ((top + y) * side + left) * channels);
  return { width: side, height: side, channels, data: result };
}

function toGreyIfNeeded(colour: readonly [number, number, number], channels: 1 | 3): Uint8Array {
  const pixel = { width: 1, height: 1, channels: 3, data: Uint8Array.from(colour) } as const;
  return channels === 3 ? pixel.data : toGrey(pixel).data;
}
