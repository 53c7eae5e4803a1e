import { resizePillow, type Pixels, type Window } from '@assay/preprocessing';
import type { Random } from '@assay/random';

/** Share of the sides of a photo that a patch takes. */
const side = 0.5;
/** Share of the area of a photo that a patch takes. */
export const patchShare = side ** 2;

/**
 * Pastes part of another image into a photo: a window of half its sides at a random place, filled from the same place of
 * the other image, which is brought to the photo's size.
 *
 * @returns a new image, and where the patch is in it
 */
export function pastePatch(photo: Pixels, other: Pixels, random: Random): { pixels: Pixels; window: Window } {
  const { width, height, channels } = photo;
  const source = resizePillow(other, { width, height, filter: 'bilinear' });
  const window = {
    width: Math.max(1, Math.round(width * side)),
    height: Math.max(1, Math.round(height * side)),
    left: random.integer(width - Math.round(width * side) + 1),
    top: random.integer(height - Math.round(height * side) + 1),
  };
  const data = photo.data.slice();
  const from = Math.min(width, window.left + window.width) * channels;
  for (let y = window.top; y < Math.min(height, window.top + window.height); y++) {
    const line = y * width * channels;
    const start = line + window.left * channels;
    data.set(source.data.subarray(start, line + from), start);
  }
  return { pixels: { width, height, channels, data }, window };
}
