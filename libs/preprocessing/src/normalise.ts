import type { ImagePreprocessingSpec } from '@assay/schema';
import type { Pixels } from './pixels.ts';

/** `[channels * 256]`: the float32 that stands for each byte of each channel. */
export type NormaliseTable = Float32Array;

/**
 * `(byte / 255 - mean) / std` for every byte, each operation rounded to float32 as torchvision's
 * `ToTensor` and `Normalize` do.
 */
export function normaliseTable(spec: ImagePreprocessingSpec['normalise']): NormaliseTable {
  const f = Math.fround;
  const table = new Float32Array(spec.mean.length * 256);
  spec.mean.forEach((mean, channel) => {
    const std = f(spec.std[channel]!);
    for (let byte = 0; byte < 256; byte++) table[channel * 256 + byte] = f(f(f(byte / 255) - f(mean)) / std);
  });
  return table;
}

/**
 * Writes an image as float32 into `target` at `offset`: planes one after another (`chw`, for inference) or
 * channels interleaved (`hwc`, for training). No other memory is touched.
 */
export function normaliseInto(
  image: Pixels,
  table: NormaliseTable,
  to: {
    readonly target: Float32Array;
    readonly offset?: number;
    readonly layout: 'chw' | 'hwc';
    readonly mirror?: boolean;
  },
): void {
  const { width, height, channels, data } = image;
  const { target, offset = 0, layout, mirror = false } = to;
  const across = layout === 'hwc' ? channels : 1;
  const plane = layout === 'hwc' ? 1 : width * height;
  const step = mirror ? -across : across;
  for (let y = 0, from = 0; y < height; y++) {
    let at = offset + (y * width + (mirror ? width - 1 : 0)) * across;
    if (channels === 3) {
      for (let x = 0; x < width; x++, from += 3, at += step) {
        target[at] = table[data[from]!]!;
        target[at + plane] = table[256 + data[from + 1]!]!;
        target[at + 2 * plane] = table[512 + data[from + 2]!]!;
      }
    } else {
      for (let x = 0; x < width; x++, at += step) target[at] = table[data[from++]!]!;
    }
  }
}
