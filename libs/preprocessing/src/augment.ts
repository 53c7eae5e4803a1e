import type { Random } from '@assay/random';
import type { AugmentationSpec } from '@assay/schema';
import { addNoise } from './augment-noise.ts';
import { blur } from './augment-blur.ts';
import { jitterColour } from './augment-colour.ts';
import { recompress } from './augment-jpeg.ts';
import { rotate } from './augment-rotate.ts';
import { resizePillow } from './resize-pillow.ts';
import { placeFlip, placeTranspose, placeWhole, placeWindow, realise, type Placement } from './placement.ts';
import type { Pixels } from './pixels.ts';

type Spec<Type extends AugmentationSpec['type']> = Extract<AugmentationSpec, { type: Type }>;

/**
 * Changes an image at random, one augmentation after another. The same image, list and stream give the same
 * bytes. Neighbouring crops, flips and quarter turns cost one pass together. The image given is not written to,
 * and is returned itself where nothing was drawn.
 *
 * @param random - a stream of this image's own (`seededRandom(seed, epoch, index)`): two images that are
 *   augmented at the same time must not draw from one stream
 * @returns a promise only where JPEG re-compression was drawn
 */
export function augment(
  image: Pixels,
  augmentations: readonly AugmentationSpec[],
  random: Random,
): Pixels | Promise<Pixels> {
  let placement = placeWhole(image);
  for (const [index, spec] of augmentations.entries()) {
    const isDrawn = random.chance(spec.probability);
    if (spec.type === 'crop') placement = cropSomewhere(placement, spec, isDrawn ? random : undefined);
    else if (!isDrawn) continue;
    else if (spec.type === 'flip') placement = flip(placement, spec);
    else if (spec.type === 'rotate90') placement = quarterTurns(placement, 1 + random.integer(3));
    else if (spec.type === 'jpeg') {
      const rest = augmentations.slice(index + 1);
      return recompress(realise(placement), spec, random).then((next) => augment(next, rest, random));
    } else placement = placeWhole(change(realise(placement), spec, random));
  }
  return realise(placement);
}

function change(
  image: Pixels,
  spec: Spec<'rotate' | 'resize' | 'colour-jitter' | 'blur' | 'noise'>,
  random: Random,
): Pixels {
  switch (spec.type) {
    case 'rotate':
      return rotate(image, random.between(-spec.degrees, spec.degrees));
    case 'resize': {
      const scale = random.between(...spec.scale);
      const width = Math.max(1, Math.round(image.width * scale));
      const height = Math.max(1, Math.round(image.height * scale));
      return resizePillow(image, { width, height, filter: spec.filter });
    }
    case 'colour-jitter': {
      const factor = (largest: number) => random.between(1 - largest, 1 + largest);
      const brightness = factor(spec.brightness);
      const contrast = factor(spec.contrast);
      return jitterColour(image, { brightness, contrast, saturation: factor(spec.saturation) });
    }
    case 'blur':
      return blur(image, random.between(...spec.sigma));
    case 'noise':
      return addNoise(image, random.between(...spec.sigma), random);
  }
}

/** A random window; the centre one where there is no `random`. */
function cropSomewhere(placement: Placement, spec: Spec<'crop'>, random: Random | undefined): Placement {
  const { width, height, padding } = spec;
  const offset = (length: number, size: number): number => {
    const free = length + 2 * padding - size;
    if (free <= 0 || random === undefined) return Math.floor(free / 2) - padding;
    return random.integer(free + 1) - padding;
  };
  const left = offset(placement.width, width);
  const top = offset(placement.height, height);
  return placeWindow(placement, { left, top, width, height });
}

function flip(placement: Placement, spec: Spec<'flip'>): Placement {
  if (spec.axis === 'horizontal') return placeFlip(placement);
  return placeTranspose(placeFlip(placeTranspose(placement)));
}

/** Clockwise. */
function quarterTurns(placement: Placement, count: number): Placement {
  return count === 0 ? placement : quarterTurns(placeFlip(placeTranspose(placement)), count - 1);
}
