import { z } from 'zod';

/** Side of an image or crop in pixels. */
const side = z.int().min(1).max(16384);
const channel = z.int().min(0).max(255);
const rgb = z.tuple([channel, channel, channel]);

export const resizeFilter = z.enum(['nearest', 'box', 'bilinear', 'bicubic', 'lanczos']);
/** Resampling filter, by Pillow's names. */
export type ResizeFilter = z.infer<typeof resizeFilter>;

export const resizeEngine = z.enum(['libvips', 'pillow']);
/** `libvips`: fast, close. `pillow`: byte for byte what Pillow's `Image.resize` gives. */
export type ResizeEngine = z.infer<typeof resizeEngine>;

const resampling = {
  filter: resizeFilter.default('bilinear'),
  engine: resizeEngine.default('pillow'),
};

export const resizeSpec = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('stretch'), width: side, height: side, ...resampling }),
  z.strictObject({ mode: z.literal('shortest-side'), size: side, ...resampling }),
  z.strictObject({
    mode: z.literal('pad-square'),
    size: side,
    background: rgb.default([255, 255, 255]),
    ...resampling,
  }),
]);
/**
 * How the decoded image is brought to size. `shortest-side` follows torchvision's `Resize(int)`: the long
 * side is `trunc(size * long / short)`. `pad-square` pads to a centred square with `background`, then resizes.
 */
export type ResizeSpec = z.infer<typeof resizeSpec>;

export const cropSpec = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('centre'), width: side, height: side }),
  z.strictObject({
    mode: z.literal('several'),
    width: side,
    height: side,
    /** At most this many windows, spread evenly over the image; windows that coincide are taken once. */
    count: z.int().min(1).max(16).default(5),
  }),
]);
/**
 * Which windows of the resized image are seen. An image smaller than the window is extended by reflection
 * (without repeating the edge pixel), centred.
 */
export type CropSpec = z.infer<typeof cropSpec>;

export const imagePreprocessingSpec = z.strictObject({
  kind: z.literal('image'),
  /** Turn the image upright by its EXIF orientation. */
  autoOrient: z.boolean().default(true),
  /** Convert pixels from an embedded ICC profile to sRGB. */
  icc: z.boolean().default(false),
  /** Transparent pixels are blended onto this colour. */
  background: rgb.default([255, 255, 255]),
  colour: z.enum(['rgb', 'grey']).default('rgb'),
  resize: resizeSpec,
  crop: cropSpec,
  /** Adds the mirror image of each window as a further view. */
  mirror: z.boolean().default(false),
  /** `(byte / 255 - mean) / std`, per channel of `colour`. */
  normalise: z.strictObject({
    mean: z.array(z.number()).min(1).max(3),
    std: z.array(z.number().positive()).min(1).max(3),
  }),
});
/** From image bytes to float32 NCHW views. */
export type ImagePreprocessingSpec = z.infer<typeof imagePreprocessingSpec>;

export const tabularFeature = z.strictObject({
  name: z.string().min(1),
  /** Subtracted, then divided by `std`, before the model sees the value. */
  mean: z.number(),
  std: z.number().positive(),
  /** Range seen in training; informative. */
  min: z.number().optional(),
  max: z.number().optional(),
});
export type TabularFeature = z.infer<typeof tabularFeature>;

export const tabularPreprocessingSpec = z.strictObject({
  kind: z.literal('tabular'),
  /** In the order of the model's input vector. */
  features: z.array(tabularFeature).min(1),
});
/** From named numbers to a float32 vector `[1, features]`. */
export type TabularPreprocessingSpec = z.infer<typeof tabularPreprocessingSpec>;

export const preprocessingSpec = z
  .discriminatedUnion('kind', [imagePreprocessingSpec, tabularPreprocessingSpec])
  .superRefine((spec, context) => {
    if (spec.kind !== 'image') return;
    const channels = spec.colour === 'rgb' ? 3 : 1;
    for (const key of ['mean', 'std'] as const) {
      const received = spec.normalise[key].length;
      if (received !== channels) {
        context.addIssue({
          code: 'custom',
          path: ['normalise', key],
          message: `expected ${channels} value(s) for colour "${spec.colour}", received ${received}`,
        });
      }
    }
  });
export type PreprocessingSpec = z.infer<typeof preprocessingSpec>;
