import { precisionBits, type Taps } from './resample-filters.ts';

const half = 1 << (precisionBits - 1);

/** Rows of bytes, `[rows, width * channels]`. */
export interface Rows {
  readonly width: number;
  readonly rows: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/**
 * Weighted sums along each row, in fixed point, rounded and kept in 0 to 255. With {@link resampleRowsPlain} the
 * readable definition of what resample.wat does.
 */
export function resampleColumnsPlain(image: Rows, taps: Taps): Uint8Array {
  const { width, rows, channels, data } = image;
  const { length, stride, starts, counts, weights } = taps;
  const target = new Uint8ClampedArray(length * rows * channels);
  for (let y = 0, to = 0; y < rows; y++) {
    const line = y * width * channels;
    for (let i = 0; i < length; i++) {
      let from = line + starts[i]! * channels;
      let at = i * stride;
      const end = at + counts[i]!;
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
  return new Uint8Array(target.buffer);
}

/** The same down the columns. `taps.starts` count from row `first`, the first that `image` holds. */
export function resampleRowsPlain(image: Rows, taps: Taps, first: number): Uint8Array {
  const { width, channels, data } = image;
  const { length, stride, starts, counts, weights } = taps;
  const line = width * channels;
  const target = new Uint8ClampedArray(length * line);
  const sums = new Int32Array(line);
  for (let i = 0; i < length; i++) {
    sums.fill(half);
    for (let j = 0; j < counts[i]!; j++) {
      const weight = weights[i * stride + j]!;
      const from = (starts[i]! + j - first) * line;
      for (let x = 0; x < line; x++) sums[x] = sums[x]! + data[from + x]! * weight;
    }
    const to = i * line;
    for (let x = 0; x < line; x++) target[to + x] = sums[x]! >> precisionBits;
  }
  return new Uint8Array(target.buffer);
}
