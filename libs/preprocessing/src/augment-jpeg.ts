import type { Random } from '@assay/random';
import type { AugmentationSpec } from '@assay/schema';
import { encodeImage } from './encode-image.ts';
import { decodePlain } from './decode-plain.ts';
import type { Pixels } from './pixels.ts';

/** Encodes as JPEG of a whole quality drawn from the range, and decodes that. */
export async function recompress(
  image: Pixels,
  spec: Extract<AugmentationSpec, { type: 'jpeg' }>,
  random: Random,
): Promise<Pixels> {
  const [lowest, highest] = spec.quality.map(Math.round) as [number, number];
  const quality = lowest + random.integer(highest - lowest + 1);
  const { chromaSubsampling } = spec;
  return decodePlain(await encodeImage(image, 'jpeg', { quality, chromaSubsampling }), image.channels);
}
