import { reflect } from './reflect.ts';
import type { Size } from './resize-target.ts';

/**
 * Population variance of the discrete Laplacian (the four neighbours less four times the middle), the border
 * mirrored without repeating its pixels: a common measure of sharpness (Pech-Pacheco et al. 2000).
 *
 * @param plane - row-major values, `[height, width]`
 */
export function laplacianVariance(plane: Int32Array, { width, height }: Size): number {
  let sum = 0;
  let squares = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = reflect(y - 1, height) * width;
    const below = reflect(y + 1, height) * width;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? x - 1 : reflect(-1, width);
      const right = x + 1 < width ? x + 1 : reflect(width, width);
      const value =
        plane[above + x]! +
        plane[below + x]! +
        plane[row + left]! +
        plane[row + right]! -
        4 * plane[row + x]!;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / plane.length;
  return Math.max(0, squares / plane.length - mean * mean);
}
