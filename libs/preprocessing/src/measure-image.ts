import type { ImageProperties } from '@assay/schema';
import { reflect } from './reflect.ts';
import type { DecodedImage, Pixels } from './pixels.ts';

/** Luma is kept in ten-thousandths of a level: its three weights are then whole numbers and the sums exact. */
const lumaUnit = 10_000;

/** `1 / n`, and 0 for 0: divisions would take most of the time. */
const reciprocals = Float64Array.from({ length: 3 * 255 + 1 }, (_, n) => (n === 0 ? 0 : 1 / n));

/** An image of more pixels is measured on a share of its lines, about this many pixels. */
const pixelBudget = 16_384;

/**
 * The properties of an image that drift detection watches, in one pass over its pixels. The luma is that of ITU-R BT.709,
 * 0.2125 R + 0.7154 G + 0.0721 B; the entropy is taken over it rounded to whole levels; sharpness is the variance of its
 * Laplacian (the four neighbours less four times the middle, Pech-Pacheco et al. 2000).
 * Definitions and units: `ImageProperties` in `@assay/schema`.
 *
 * Of an image of more than {@link pixelBudget} pixels every k-th line is measured, at full resolution with its neighbours: a photograph of 12
 * megapixels then takes 0.3 ms instead of 150, and its lines are so alike that little is lost. Serving and training measure with this same
 * function, so that their figures compare.
 */
export function measureImage(image: DecodedImage): ImageProperties {
  const { width, height, bytes, format, jpegQuality } = image;
  const sums = newSums();
  const step = Math.min(height, Math.ceil((width * height) / pixelBudget));
  const first = step >> 1;
  // Three lines of luma are enough for the Laplacian: that above, the line itself, that below.
  const lines = [0, 1, 2].map(() => ({ y: -1, luma: new Int32Array(width) }));
  const lumaOf = (position: number): Int32Array => {
    const y = reflect(position, height);
    const line = lines[y % 3]!;
    if (line.y === y) return line.luma;
    line.y = y;
    if (y % step === first) addPixels(sums, { image, y, luma: line.luma });
    else toLuma({ image, y, luma: line.luma });
    return line.luma;
  };
  let n = 0;
  for (let y = first; y < height; y += step, n += width)
    addLaplacian(sums, { above: lumaOf(y - 1), middle: lumaOf(y), below: lumaOf(y + 1) });
  return {
    width,
    height,
    aspect: height / width,
    area: width * height,
    bytes,
    format,
    brightness: sums.luma / n / lumaUnit,
    contrast: Math.sqrt(variance(sums.luma, sums.lumaSquares, n)) / lumaUnit,
    sharpness: variance(sums.laplacian, sums.laplacianSquares, n) / (255 * lumaUnit) ** 2,
    saturation: sums.saturation / n,
    redShare: sums.redShare / n,
    greenShare: sums.greenShare / n,
    blueShare: sums.blueShare / n,
    entropy: entropy(sums.histogram, n),
    ...(jpegQuality === undefined ? {} : { jpegQuality }),
  };
}

/** What is added up over the pixels; luma in units of 1 / {@link lumaUnit}. */
function newSums() {
  return {
    luma: 0,
    lumaSquares: 0,
    laplacian: 0,
    laplacianSquares: 0,
    saturation: 0,
    redShare: 0,
    greenShare: 0,
    blueShare: 0,
    /** Pixels by luma in whole levels. */
    histogram: new Uint32Array(256),
  };
}
type Sums = ReturnType<typeof newSums>;

interface Line {
  readonly image: Pixels;
  readonly y: number;
  /** Filled with the luma of the line. */
  readonly luma: Int32Array;
}

/** A line that is not measured itself but has a neighbour that is. */
function toLuma({ image, y, luma }: Line): void {
  const { channels, data } = image;
  const toGreen = channels === 3 ? 1 : 0;
  const toBlue = channels === 3 ? 2 : 0;
  for (let x = 0, at = y * luma.length * channels; x < luma.length; x++, at += channels)
    luma[x] = (2125 * data[at]! + 7154 * data[at + toGreen]! + 721 * data[at + toBlue]!) | 0;
}

/** Adds one line of pixels. */
function addPixels(sums: Sums, line: Line): void {
  const { image, y, luma } = line;
  const { channels, data } = image;
  const { histogram } = sums;
  const toGreen = channels === 3 ? 1 : 0;
  const toBlue = channels === 3 ? 2 : 0;
  const inverse = reciprocals;
  let sum = 0;
  let squares = 0;
  let saturation = 0;
  let redShare = 0;
  let greenShare = 0;
  let blueShare = 0;
  for (let x = 0, at = y * luma.length * channels; x < luma.length; x++, at += channels) {
    const r = data[at]!;
    const g = data[at + toGreen]!;
    const b = data[at + toBlue]!;
    const value = (2125 * r + 7154 * g + 721 * b) | 0;
    luma[x] = value;
    sum += value;
    squares += value * value;
    histogram[((value + lumaUnit / 2) / lumaUnit) | 0]!++;
    const share = inverse[r + g + b]!;
    redShare += r * share;
    greenShare += g * share;
    blueShare += b * share;
    // Maximum and minimum without branches: `d & (d >> 31)` is d where d is negative, else 0.
    const first = r - g;
    const higher = r - (first & (first >> 31));
    const lower = g + (first & (first >> 31));
    const second = higher - b;
    const highest = higher - (second & (second >> 31));
    const third = b - lower;
    const lowest = lower + (third & (third >> 31));
    saturation += (highest - lowest) * inverse[highest]!;
  }
  sums.luma += sum;
  sums.lumaSquares += squares;
  sums.saturation += saturation;
  sums.redShare += redShare;
  sums.greenShare += greenShare;
  sums.blueShare += blueShare;
}

/** Adds the Laplacian of one line; the border is mirrored without repeating its pixels. */
function addLaplacian(sums: Sums, lines: { above: Int32Array; middle: Int32Array; below: Int32Array }): void {
  const { above, middle, below } = lines;
  const last = middle.length - 1;
  let sum = 0;
  let squares = 0;
  for (let x = 0; x <= last; x++) {
    const left = middle[x === 0 ? Math.min(1, last) : x - 1]!;
    const right = middle[x === last ? Math.max(0, last - 1) : x + 1]!;
    const value = (above[x]! + below[x]! + left + right - 4 * middle[x]!) | 0;
    sum += value;
    squares += value * value;
  }
  sums.laplacian += sum;
  sums.laplacianSquares += squares;
}

/** Population variance from sums; rounding never makes it negative. */
function variance(sum: number, squares: number, n: number): number {
  return Math.max(0, squares / n - (sum / n) ** 2);
}

/** Shannon entropy in bits. */
function entropy(histogram: Uint32Array, total: number): number {
  let bits = 0;
  for (const count of histogram) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits;
}
