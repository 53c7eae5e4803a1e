import type { Random } from '@assay/random';
import type { Pixels } from './pixels.ts';

const slices = 4096;

/** The middle of each of 4096 equally likely slices of the standard normal distribution. */
const normalQuantiles = Float64Array.from({ length: slices }, (_, slice) =>
  normalQuantile((slice + 0.5) / slices),
);

/**
 * Adds Gaussian noise of standard deviation `sigma` (levels of 255), drawn for each byte on its own; results are
 * rounded and kept in 0 to 255. Values are drawn from 4096 quantiles, so that one draw serves two bytes;
 * the steps between them are far finer than a level.
 */
export function addNoise(image: Pixels, sigma: number, random: Random): Pixels {
  const steps = normalQuantiles.map((value) => value * sigma);
  const { width, height, channels } = image;
  const data = new Uint8ClampedArray(image.data.length);
  for (let at = 0; at < data.length; at += 2) {
    const pair = random.integer(slices * slices);
    data[at] = image.data[at]! + steps[pair % slices]!;
    if (at + 1 < data.length) data[at + 1] = image.data[at + 1]! + steps[Math.floor(pair / slices)]!;
  }
  return { width, height, channels, data: new Uint8Array(data.buffer) };
}

/** Inverse of the standard normal distribution function: Abramowitz and Stegun 26.2.23, error below 4.5e-4. */
function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  return (
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3) -
    t
  );
}
