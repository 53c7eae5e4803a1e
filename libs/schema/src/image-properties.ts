import { z } from 'zod';

/** What drift watches in an image, computed on the decoded, upright RGB pixels. */
export const imageProperties = z.strictObject({
  /** Pixels, after orientation. */
  width: z.int(),
  height: z.int(),
  /** height / width. */
  aspect: z.number(),
  /** width * height, pixels. */
  area: z.number(),
  /** Size of the encoded file. */
  bytes: z.int(),
  /** `jpeg`, `png`, `webp`, `avif`, `gif`, `tiff`. */
  format: z.string(),
  /** Mean luma (0.2125 R + 0.7154 G + 0.0721 B), 0 to 255. */
  brightness: z.number(),
  /** Population standard deviation of the luma, 0 to 255. */
  contrast: z.number(),
  /** Population variance of the Laplacian of the luma scaled to 0..1 (mirrored border). */
  sharpness: z.number(),
  /** Mean of HSV saturation, 0 to 1. */
  saturation: z.number(),
  /** Mean over all pixels of the channel's share in R + G + B, 0 to 1; a black pixel has a share of 0. */
  redShare: z.number(),
  greenShare: z.number(),
  blueShare: z.number(),
  /** Shannon entropy of the 256-bin luma histogram, bits. */
  entropy: z.number(),
  /** Estimated JPEG quality 1 to 100 from the quantisation tables; absent for other formats. */
  jpegQuality: z.number().optional(),
});
export type ImageProperties = z.infer<typeof imageProperties>;
