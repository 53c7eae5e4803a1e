import { sharp } from './sharp.ts';
import type { Pixels } from './pixels.ts';

/**
 * Encodes pixels. PNG keeps every byte; JPEG and WebP lose some.
 *
 * @param options.quality - 1 to 100, default 90; PNG takes no notice
 * @param options.chromaSubsampling - JPEG only; default `4:2:0`, as most writers
 */
export async function encodeImage(
  image: Pixels,
  format: 'png' | 'jpeg' | 'webp',
  options: { readonly quality?: number; readonly chromaSubsampling?: '4:2:0' | '4:4:4' } = {},
): Promise<Uint8Array> {
  const { width, height, channels, data } = image;
  const { quality = 90, chromaSubsampling = '4:2:0' } = options;
  const pixels = sharp(data, { raw: { width, height, channels }, limitInputPixels: false }).toColourspace(
    channels === 1 ? 'b-w' : 'srgb',
  );
  switch (format) {
    case 'png':
      return pixels.png().toBuffer();
    case 'jpeg':
      return pixels.jpeg({ quality, chromaSubsampling }).toBuffer();
    case 'webp':
      return pixels.webp({ quality }).toBuffer();
  }
}
