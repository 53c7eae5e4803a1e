import {
  corruptImage,
  describeCorruption,
  encodeImage,
  toGrey,
  type DecodedImage,
  type Pixels,
} from '@assay/preprocessing';
import type { Random } from '@assay/random';
import type { Corruption } from '@assay/schema';

/** Something that may happen to the images of the world. */
export interface ImageEffect {
  /** In the words of a table. */
  readonly name: string;
  /** The image as it would then come: bytes of a file. Draws from `random` what is random in it. */
  apply(image: DecodedImage, random: Random): Promise<Uint8Array>;
}

const corrupted: readonly Corruption[] = [
  ...[0.9, 0.6].map((factor) => ({ type: 'brightness' as const, factor })),
  { type: 'contrast', factor: 0.7 },
  ...[0.5, 1, 2].map((sigma) => ({ type: 'blur' as const, sigma })),
  { type: 'resize', scale: 0.5 },
  ...[4, 16].map((sigma) => ({ type: 'noise' as const, sigma })),
];

/** Of what is not known to be lossy. */
const QUALITY = 90;

/**
 * From mild to strong, each kind. What is changed is encoded as it came, in its format and estimated quality, so that it is the change that
 * shows; the first does only that, and says what encoding again does by itself.
 */
export const imageEffects: readonly ImageEffect[] = [
  { name: 'encoded again', apply: (image) => encodedAs(image, image) },
  ...corrupted.map((corruption) => ({
    name: describeCorruption(corruption),
    apply: async (image: DecodedImage, random: Random) =>
      encodedAs(await corruptImage(image, corruption, random), image),
  })),
  { name: 'grayscale', apply: (image) => encodedAs(inThreeChannels(toGrey(image)), image) },
  ...[50, 20].map((quality) => ({
    name: `JPEG quality ${quality}`,
    apply: (image: DecodedImage) => encodeImage(image, 'jpeg', { quality }),
  })),
];

function encodedAs(pixels: Pixels, { format, jpegQuality = QUALITY }: DecodedImage): Promise<Uint8Array> {
  if (format === 'jpeg') return encodeImage(pixels, 'jpeg', { quality: Math.round(jpegQuality) });
  return encodeImage(pixels, format === 'webp' ? 'webp' : 'png');
}

/** A grey image as cameras write it: files of one channel are another format, and another drift. */
function inThreeChannels(image: Pixels): Pixels {
  if (image.channels === 3) return image;
  const data = new Uint8Array(3 * image.data.length);
  image.data.forEach((level, at) => data.fill(level, 3 * at, 3 * at + 3));
  return { ...image, channels: 3, data };
}
