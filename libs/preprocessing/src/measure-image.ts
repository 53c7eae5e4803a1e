import type { ImageProperties } from '@assay/schema';
import { laplacianVariance } from './laplacian-variance.ts';
import type { DecodedImage, Pixels } from './pixels.ts';

/** Luma is kept in ten-thousandths of a level: its three weights are then whole numbers and the sums exact. */
const lumaUnit = 10_000;

/**
 * The properties of an image that drift detection watches. One pass over the pixels and one over their luma.
 *
 * The luma is that of ITU-R BT.709, 0.2125 R + 0.7154 G + 0.0721 B; the entropy is taken over it rounded to whole levels.
 * Definitions and units: `ImageProperties` in `@assay/schema`.
 */
export function measureImage(image: DecodedImage): ImageProperties {
  const { width, height, bytes, format, jpegQuality } = image;
  const luma = new Int32Array(width * height);
  const colour = measureColour(image, luma);
  return {
    width,
    height,
    aspect: height / width,
    area: width * height,
    bytes,
    format,
    ...colour,
    sharpness: laplacianVariance(luma, { width, height }) / (255 * lumaUnit) ** 2,
    ...(jpegQuality === undefined ? {} : { jpegQuality }),
  };
}

/** Everything that looks at one pixel at a time; fills `luma` on the way, in units of 1 / {@link lumaUnit}. */
function measureColour(image: Pixels, luma: Int32Array) {
  const { channels, data } = image;
  const histogram = new Uint32Array(256);
  const [toGreen, toBlue] = channels === 3 ? [1, 2] : [0, 0];
  let sum = 0;
  let squares = 0;
  let saturation = 0;
  let redShare = 0;
  let greenShare = 0;
  let blueShare = 0;
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += channels) {
    const r = data[at]!;
    const g = data[at + toGreen]!;
    const b = data[at + toBlue]!;
    const value = 2125 * r + 7154 * g + 721 * b;
    luma[pixel] = value;
    sum += value;
    squares += value * value;
    histogram[Math.round(value / lumaUnit)]!++;
    const total = r + g + b;
    if (total > 0) {
      const highest = r > g ? (r > b ? r : b) : g > b ? g : b;
      const lowest = r < g ? (r < b ? r : b) : g < b ? g : b;
      saturation += (highest - lowest) / highest;
      redShare += r / total;
      greenShare += g / total;
      blueShare += b / total;
    }
  }
  const n = luma.length;
  const mean = sum / n;
  return {
    brightness: mean / lumaUnit,
    contrast: Math.sqrt(Math.max(0, squares / n - mean * mean)) / lumaUnit,
    saturation: saturation / n,
    redShare: redShare / n,
    greenShare: greenShare / n,
    blueShare: blueShare / n,
    entropy: entropy(histogram, n),
  };
}

/** Shannon entropy in bits. */
function entropy(histogram: Uint32Array, total: number): number {
  let bits = 0;
  for (const count of histogram) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits;
}
