import { encodeImage } from '@assay/preprocessing';

/**
 * A JPEG that costs about what a photograph of its size costs to decode: smooth shapes under fine grain. Always the
 * same bytes.
 */
export async function syntheticPhoto(width: number, height: number): Promise<Uint8Array> {
  const data = new Uint8Array(width * height * 3);
  let state = 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        // Numerical Recipes' linear congruential generator: enough for grain.
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const shape = Math.sin(x / (30 + 11 * c)) + Math.cos(y / (47 - 9 * c)) + Math.sin((x + y) / 90);
        data[(y * width + x) * 3 + c] = 128 + 35 * shape + ((state >>> 24) - 128) / 8;
      }
  return encodeImage({ width, height, channels: 3, data }, 'jpeg', { quality: 90 });
}
