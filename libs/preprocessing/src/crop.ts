import { reflect } from './reflect.ts';
import type { Pixels } from './pixels.ts';
import type { Window } from './resize-pillow.ts';

/**
 * Cuts a window, which may reach over the border: there the image goes on by reflection. `mirror` turns the
 * window left to right. One pass over the target.
 *
 * @param window - in pixels of the image; `left` and `top` may be negative
 */
export function crop(image: Pixels, window: Window, options: { readonly mirror?: boolean } = {}): Pixels {
  const { mirror = false } = options;
  const { width, height, channels, data } = image;
  const isInside =
    window.left >= 0 &&
    window.top >= 0 &&
    window.left + window.width <= width &&
    window.top + window.height <= height;
  if (isInside && !mirror && window.width === width && window.height === height) return image;
  const line = window.width * channels;
  const result = new Uint8Array(line * window.height);
  if (isInside && !mirror) {
    for (let y = 0; y < window.height; y++) {
      const from = ((window.top + y) * width + window.left) * channels;
      result.set(data.subarray(from, from + line), y * line);
    }
  } else {
    const columns = new Int32Array(window.width);
    for (let x = 0; x < window.width; x++) {
      columns[mirror ? window.width - 1 - x : x] = reflect(window.left + x, width) * channels;
    }
    let to = 0;
    for (let y = 0; y < window.height; y++) {
      const row = reflect(window.top + y, height) * width * channels;
      for (let x = 0; x < window.width; x++) {
        const from = row + columns[x]!;
        result[to++] = data[from]!;
        if (channels === 3) {
          result[to++] = data[from + 1]!;
          result[to++] = data[from + 2]!;
        }
      }
    }
  }
  return { width: window.width, height: window.height, channels, data: result };
}
