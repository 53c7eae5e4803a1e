import { reflect } from './reflect.ts';
import type { Pixels } from './pixels.ts';

/** Steps between two pixels: bilinear weights are whole numbers of these. */
const steps = 256;

/**
 * Turns an image about its centre, clockwise, and keeps its size: bilinear, with weights in 1/256 of a pixel;
 * what comes in from outside is the image's reflection.
 */
export function rotate(image: Pixels, degrees: number): Pixels {
  const { width, height, channels, data } = image;
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const centreX = (width - 1) / 2;
  const centreY = (height - 1) / 2;
  const result = new Uint8Array(data.length);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sourceX = Math.round((centreX + (x - centreX) * cos + (y - centreY) * sin) * steps);
      const sourceY = Math.round((centreY - (x - centreX) * sin + (y - centreY) * cos) * steps);
      const column = Math.floor(sourceX / steps);
      const row = Math.floor(sourceY / steps);
      const right = sourceX - column * steps;
      const down = sourceY - row * steps;
      const left = reflect(column, width) * channels;
      const next = reflect(column + 1, width) * channels;
      const above = reflect(row, height) * width * channels;
      const below = reflect(row + 1, height) * width * channels;
      for (let c = 0; c < channels; c++) {
        const upper = data[above + left + c]! * (steps - right) + data[above + next + c]! * right;
        const lower = data[below + left + c]! * (steps - right) + data[below + next + c]! * right;
        result[to++] = (upper * (steps - down) + lower * down + (steps * steps) / 2) >> 16;
      }
    }
  }
  return { width, height, channels, data: result };
}
