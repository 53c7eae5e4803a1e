import type { Pixels } from './pixels.ts';

/**
 * Luma of ITU-R BT.601 in 16-bit fixed point, as Pillow's `convert('L')`:
 * `(19595 R + 38470 G + 7471 B + 2^15) >> 16`. Grey pixels are returned as they are.
 */
export function toGrey<Image extends Pixels>(image: Image): Image | Pixels {
  if (image.channels === 1) return image;
  const { width, height, data } = image;
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    grey[pixel] = (data[at]! * 19595 + data[at + 1]! * 38470 + data[at + 2]! * 7471 + 0x8000) >> 16;
  }
  return { width, height, channels: 1, data: grey };
}
