import { precisionBits, type Taps } from './resample-filters.ts';
import type { Pixels } from './pixels.ts';

const half = 1 << (precisionBits - 1);

/**
 * Weighted sums along both axes in fixed point: columns first, rounded to bytes, then rows. The plain
 * reference of {@link resampleWasm}. An axis without taps is left as it is.
 */
export function resamplePlain(image: Pixels, axes: { readonly x?: Taps; readonly y?: Taps }): Pixels {
  const across = axes.x === undefined ? image : resampleColumns(image, axes.x);
  return axes.y === undefined ? across : resampleRows(across, axes.y);
}

function resampleColumns(image: Pixels, taps: Taps): Pixels {
  const { width, height, channels, data } = image;
  const { length, stride, starts, counts, weights } = taps;
  const target = new Uint8ClampedArray(length * height * channels);
  for (let y = 0, to = 0; y < height; y++) {
    const line = y * width * channels;
    for (let i = 0; i < length; i++) {
      const count = counts[i]!;
      let from = line + starts[i]! * channels;
      let at = i * stride;
      const end = at + count;
      if (channels === 3) {
        let r = half;
        let g = half;
        let b = half;
        for (; at < end; at++, from += 3) {
          const weight = weights[at]!;
          r = (r + data[from]! * weight) | 0;
          g = (g + data[from + 1]! * weight) | 0;
          b = (b + data[from + 2]! * weight) | 0;
        }
        target[to++] = r >> precisionBits;
        target[to++] = g >> precisionBits;
        target[to++] = b >> precisionBits;
      } else {
        let sum = half;
        for (; at < end; at++, from++) sum = (sum + data[from]! * weights[at]!) | 0;
        target[to++] = sum >> precisionBits;
      }
    }
  }
  return { width: length, height, channels, data: new Uint8Array(target.buffer) };
}

function resampleRows(image: Pixels, taps: Taps): Pixels {
  const { width, channels, data } = image;
  const { length, stride, starts, counts, weights } = taps;
  const line = width * channels;
  const target = new Uint8ClampedArray(length * line);
  const sums = new Int32Array(line);
  for (let i = 0; i < length; i++) {
    sums.fill(half);
    for (let j = 0; j < counts[i]!; j++) {
      const weight = weights[i * stride + j]!;
      const from = (starts[i]! + j) * line;
      for (let x = 0; x < line; x++) sums[x] = sums[x]! + data[from + x]! * weight;
    }
    const to = i * line;
    for (let x = 0; x < line; x++) target[to + x] = sums[x]! >> precisionBits;
  }
  return { width, height: length, channels, data: new Uint8Array(target.buffer) };
}
