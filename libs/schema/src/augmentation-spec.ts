import { z } from 'zod';

const side = z.int().min(1).max(16384);
const probability = z.number().min(0).max(1).default(1);
/** `[lowest, highest]`, both drawn evenly. */
const range = (lowest: number, highest: number) =>
  z
    .tuple([z.number().min(lowest).max(highest), z.number().min(lowest).max(highest)])
    .refine(([low, high]) => low <= high, 'expected [lowest, highest]');

export const augmentationSpec = z.discriminatedUnion('type', [
  /**
   * A window at a random place of the image, first extended by `padding` pixels of reflection on each side;
   * a smaller image is extended further. Where it is not drawn, the window is the one in the centre.
   */
  z.strictObject({
    type: z.literal('crop'),
    width: side,
    height: side,
    padding: z.int().min(0).max(1024).default(0),
    probability,
  }),
  z.strictObject({
    type: z.literal('flip'),
    axis: z.enum(['horizontal', 'vertical']).default('horizontal'),
    probability: probability.default(0.5),
  }),
  /** By a whole number of quarter turns, 1 to 3. */
  z.strictObject({ type: z.literal('rotate90'), probability: probability.default(0.75) }),
  /** By an angle of up to `degrees` either way, bilinear, the corners filled by reflection. */
  z.strictObject({ type: z.literal('rotate'), degrees: z.number().min(0).max(180), probability }),
  /** To `scale` times the size, byte for byte as Pillow. */
  z.strictObject({
    type: z.literal('resize'),
    scale: range(0.05, 8),
    filter: z.enum(['nearest', 'box', 'bilinear', 'bicubic', 'lanczos']).default('bilinear'),
    probability,
  }),
  /** Each is the largest relative change: 0.2 draws a factor from 0.8 to 1.2. */
  z.strictObject({
    type: z.literal('colour-jitter'),
    brightness: z.number().min(0).max(1).default(0),
    contrast: z.number().min(0).max(1).default(0),
    saturation: z.number().min(0).max(1).default(0),
    probability,
  }),
  /** Encoded as JPEG of a quality in the range, 1 to 100, and decoded again. */
  z.strictObject({
    type: z.literal('jpeg'),
    quality: range(1, 100),
    chromaSubsampling: z.enum(['4:2:0', '4:4:4']).default('4:2:0'),
    probability,
  }),
  /** Gaussian; standard deviation in pixels. */
  z.strictObject({ type: z.literal('blur'), sigma: range(0.05, 32), probability }),
  /** Gaussian, independent for each byte; standard deviation in levels of 255. */
  z.strictObject({ type: z.literal('noise'), sigma: range(0, 128), probability }),
]);
/** One random change to a training image. */
export type AugmentationSpec = z.infer<typeof augmentationSpec>;
/** As written in a configuration, defaults left out. */
export type AugmentationInput = z.input<typeof augmentationSpec>;
