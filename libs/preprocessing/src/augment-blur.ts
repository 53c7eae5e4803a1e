import { gaussianKernel, makeTaps } from './resample-filters.ts';
import { resample } from './resample.ts';
import type { Pixels } from './pixels.ts';

/**
 * Gaussian blur of standard deviation `sigma` in pixels, by the resampler at scale 1: cut off at 3 `sigma`, and at
 * the border the weights inside are brought to a sum of 1.
 */
export function blur(image: Pixels, sigma: number): Pixels {
  const kernel = gaussianKernel(sigma);
  const x = makeTaps(kernel, { from: image.width, to: image.width });
  const y = makeTaps(kernel, { from: image.height, to: image.height });
  return resample(image, { x, y });
}
