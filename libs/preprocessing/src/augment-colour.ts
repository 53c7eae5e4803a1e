import type { Pixels } from './pixels.ts';

/**
 * Brightness, contrast and saturation as torchvision's `adjust_*` define them, in this order: times a factor;
 * towards or away from the mean luma of the image; towards or away from the luma of each pixel. The luma is
 * 0.2989 R + 0.587 G + 0.114 B. One pass: bytes are rounded and kept in 0 to 255 at the end alone.
 */
export function jitterColour(
  image: Pixels,
  factors: { readonly brightness: number; readonly contrast: number; readonly saturation: number },
): Pixels {
  const { brightness, contrast, saturation } = factors;
  const { width, height, channels, data } = image;
  const shift = contrast === 1 ? 0 : (1 - contrast) * brightness * meanLuma(image);
  const scale = brightness * contrast;
  const result = new Uint8ClampedArray(data.length);
  if (channels === 1 || saturation === 1) {
    const table = Uint8ClampedArray.from({ length: 256 }, (_, byte) => byte * scale + shift);
    for (let at = 0; at < data.length; at++) result[at] = table[data[at]!]!;
  } else {
    const own = scale * saturation;
    const share = scale * (1 - saturation);
    for (let at = 0; at < data.length; at += 3) {
      const r = data[at]!;
      const g = data[at + 1]!;
      const b = data[at + 2]!;
      const common = share * luma(r, g, b) + shift;
      result[at] = own * r + common;
      result[at + 1] = own * g + common;
      result[at + 2] = own * b + common;
    }
  }
  return { width, height, channels, data: new Uint8Array(result.buffer) };
}

function meanLuma({ channels, data }: Pixels): number {
  let sum = 0;
  if (channels === 1) for (const level of data) sum += level;
  else for (let at = 0; at < data.length; at += 3) sum += luma(data[at]!, data[at + 1]!, data[at + 2]!);
  return sum / (data.length / channels);
}

function luma(r: number, g: number, b: number): number {
  return 0.2989 * r + 0.587 * g + 0.114 * b;
}
