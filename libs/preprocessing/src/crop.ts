import { placeWhole, placeWindow, realise } from './placement.ts';
import type { Pixels } from './pixels.ts';
import type { Window } from './resize-pillow.ts';

/**
 * Cuts out a window, which may reach over the border: there the image goes on by reflection. A window of the whole
 * image is the image itself.
 *
 * @param window - in pixels of the image; `left` and `top` may be negative
 */
export function crop(image: Pixels, window: Window): Pixels {
  const { left, top, width, height } = window;
  const { channels, data } = image;
  const isInside = left >= 0 && top >= 0 && left + width <= image.width && top + height <= image.height;
  if (!isInside) return realise(placeWindow(placeWhole(image), window));
  if (width === image.width && height === image.height) return image;
  const line = width * channels;
  const result = new Uint8Array(line * height);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * channels;
    result.set(data.subarray(from, from + line), y * line);
  }
  return { width, height, channels, data: result };
}
