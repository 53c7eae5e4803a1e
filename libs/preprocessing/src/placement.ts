import { reflect } from './reflect.ts';
import type { Pixels } from './pixels.ts';

/**
 * Where the pixels of a result come from: crops, flips and quarter turns gathered, so that any number of them
 * costs one pass over the result. Along each axis of the result runs one axis of the source.
 */
export interface Placement {
  readonly source: Pixels;
  readonly width: number;
  readonly height: number;
  /** Source position of the result's first pixel; outside the source, the image goes on by reflection. */
  readonly x: number;
  readonly y: number;
  /** Source steps `[dx, dy]` of one step right, and of one step down, in the result; each 0, 1 or -1. */
  readonly right: readonly [number, number];
  readonly down: readonly [number, number];
}

export function placeWhole(source: Pixels): Placement {
  return { source, width: source.width, height: source.height, x: 0, y: 0, right: [1, 0], down: [0, 1] };
}

/** A window of the result so far; it may reach over the border. */
export function placeWindow(
  placement: Placement,
  window: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Placement {
  const { right, down } = placement;
  const { left, top, width, height } = window;
  return {
    ...placement,
    width,
    height,
    x: placement.x + left * right[0] + top * down[0],
    y: placement.y + left * right[1] + top * down[1],
  };
}

/** Mirrors left to right. */
export function placeFlip(placement: Placement): Placement {
  const { width, right } = placement;
  return {
    ...placement,
    x: placement.x + (width - 1) * right[0],
    y: placement.y + (width - 1) * right[1],
    right: negate(right),
  };
}

/** Swaps rows and columns. */
export function placeTranspose(placement: Placement): Placement {
  const { width, height, right, down } = placement;
  return { ...placement, width: height, height: width, right: down, down: right };
}

/** The pixels of the result. The source itself where nothing was changed. */
export function realise(placement: Placement): Pixels {
  const { source, width, height, right, down } = placement;
  const { channels, data } = source;
  const isUnchanged = width === source.width && height === source.height && right[0] === 1 && down[1] === 1;
  if (isUnchanged && placement.x === 0 && placement.y === 0) return source;
  const across = offsets(placement, right, width);
  const along = offsets(placement, down, height);
  const result = new Uint8Array(width * height * channels);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = along[y]!;
    for (let x = 0; x < width; x++) {
      const from = row + across[x]!;
      result[to++] = data[from]!;
      if (channels === 3) {
        result[to++] = data[from + 1]!;
        result[to++] = data[from + 2]!;
      }
    }
  }
  return { width, height, channels, data: result };
}

/** Offset in the source's data of each step along one axis of the result. */
function offsets(placement: Placement, step: readonly [number, number], length: number): Int32Array {
  const { source, x, y } = placement;
  const { width, height, channels } = source;
  const result = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    result[i] =
      step[0] !== 0
        ? reflect(x + i * step[0], width) * channels
        : reflect(y + i * step[1], height) * width * channels;
  }
  return result;
}

function negate([dx, dy]: readonly [number, number]): readonly [number, number] {
  return [0 - dx, 0 - dy];
}
