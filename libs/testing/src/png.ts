import { deflateSync } from 'node:zlib';
import { encodeChunk } from './png-chunks.ts';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * An 8-bit RGB PNG file (ISO/IEC 15948), so that a test has real image bytes with known pixels.
 *
 * @param pixel the colour everywhere, or a function of column and row
 */
export function makePng(width: number, height: number, pixel: Rgb | ((x: number, y: number) => Rgb)): Buffer {
  const colour = typeof pixel === 'function' ? pixel : () => pixel;
  const stride = 1 + width * 3;
  const rows = Buffer.alloc(stride * height); // each row begins with its filter: 0, none
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * stride + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // bit depth 8, colour type RGB
  const chunks = [
    { type: 'IHDR', data: header },
    { type: 'IDAT', data: deflateSync(rows) },
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  return Buffer.concat([SIGNATURE, ...chunks.map(encodeChunk)]);
}
