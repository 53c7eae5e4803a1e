import type { Random } from '@assay/random';
import type { Corruption } from '@assay/schema';
import { blur } from './augment-blur.ts';
import { jitterColour } from './augment-colour.ts';
import { recompress } from './augment-jpeg.ts';
import { addNoise } from './augment-noise.ts';
import { resizePillow } from './resize-pillow.ts';
import type { Pixels } from './pixels.ts';

/** Leaves a factor of `jitterColour` as it is. */
const unchanged = { brightness: 1, contrast: 1, saturation: 1 };

/**
 * Does to an image what can happen to it on its way, with a fixed strength; the size stays. The image given is not
 * written to.
 *
 * @param random - of this image's own; only noise draws from it
 */
export async function corruptImage(image: Pixels, corruption: Corruption, random: Random): Promise<Pixels> {
  switch (corruption.type) {
    case 'jpeg': {
      const { type, quality } = corruption;
      return recompress(
        image,
        { type, quality: [quality, quality], chromaSubsampling: '4:2:0', probability: 1 },
        random,
      );
    }
    case 'blur':
      return blur(image, corruption.sigma);
    case 'noise':
      return addNoise(image, corruption.sigma, random);
    case 'resize':
      return resizeAndBack(image, corruption.scale);
    case 'brightness':
      return jitterColour(image, { ...unchanged, brightness: corruption.factor });
    case 'contrast':
      return jitterColour(image, { ...unchanged, contrast: corruption.factor });
  }
}

function resizeAndBack(image: Pixels, scale: number): Pixels {
  const { width, height } = image;
  const small = resizePillow(image, {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
    filter: 'bilinear',
  });
  return resizePillow(small, { width, height, filter: 'bilinear' });
}
