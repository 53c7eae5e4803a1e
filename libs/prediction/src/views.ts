import { elementCount } from '@assay/model-runtime';

/** Row-major numbers with their sizes. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * The mean over the views of one input.
 *
 * @param tensor `[V, K]`, V at least 1
 * @returns `[K]`
 */
export function meanOverViews({ shape, data }: Numbers): Float32Array {
  const [views = 1, ...rest] = shape;
  const width = elementCount(rest);
  const sums = new Float64Array(width);
  for (let i = 0; i < views * width; i++) sums[i % width] = sums[i % width]! + data[i]!;
  return Float32Array.from(sums, (sum) => sum / views);
}

/**
 * The embedding of one input: its feature map averaged over the places of each view, then over the views.
 *
 * @param features `[V, C, H, W]`, or `[V, C]` where there are no places
 * @returns `[C]`
 */
export function poolFeatures({ shape, data }: Numbers): Float32Array {
  const [views = 1, channels = 1, ...rest] = shape;
  const places = elementCount(rest);
  const sums = new Float64Array(channels);
  for (let row = 0; row < views * channels; row++) {
    let sum = 0;
    for (let i = row * places; i < (row + 1) * places; i++) sum += data[i]!;
    const channel = row % channels;
    sums[channel] = sums[channel]! + sum;
  }
  return Float32Array.from(sums, (sum) => sum / (views * places));
}
