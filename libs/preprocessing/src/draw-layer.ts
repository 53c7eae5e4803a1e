import { sharp } from './sharp.ts';
import type { Pixels } from './pixels.ts';
import type { Size } from './resize-target.ts';

/** Colours with opacity: row-major, `data[(y * width + x) * 4 + c]`, red, green, blue and alpha, 0 to 255. */
export interface Layer extends Size {
  readonly data: Uint8Array;
}

/**
 * Stretches a layer over an image of `size` and encodes it as PNG, on libuv's threads.
 *
 * @param on - the image that the layer is drawn on, of that size; without it the PNG is the layer alone, transparent
 *   where the layer is
 */
export async function drawLayer(layer: Layer, size: Size, on?: Pixels): Promise<Uint8Array> {
  const { width, height, data } = layer;
  const stretched = sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ width: size.width, height: size.height, fit: 'fill', kernel: 'linear' })
    .png({ compressionLevel: 3, adaptiveFiltering: true });
  const alone = await stretched.toBuffer();
  if (on === undefined) return alone;
  const raw = { width: on.width, height: on.height, channels: on.channels };
  return sharp(on.data, { raw, limitInputPixels: false })
    .toColourspace('srgb')
    .composite([{ input: alone, limitInputPixels: false }])
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
}
