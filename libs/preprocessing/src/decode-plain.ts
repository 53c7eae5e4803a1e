import { sharp } from './sharp.ts';
import type { Pixels } from './pixels.ts';

/** Decodes bytes of our own making: nothing is checked, turned or converted. */
export async function decodePlain(bytes: Uint8Array, channels: 1 | 3): Promise<Pixels> {
  const { data, info } = await sharp(bytes, { ignoreIcc: true })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels, data };
}
