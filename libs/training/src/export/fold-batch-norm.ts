import { batchNormEpsilon } from '../operations/batch-statistics.ts';

/** A batch norm's four vectors, `[channels]` each. */
export interface BatchNormValues {
  readonly gain: Float32Array;
  readonly shift: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** A batch norm with fixed statistics as one multiplication and one addition per channel. */
export function scaleAndOffset(norm: BatchNormValues): { scale: Float64Array; offset: Float64Array } {
  const scale = Float64Array.from(
    norm.gain,
    (gain, c) => gain / Math.sqrt((norm.variance[c] ?? 0) + batchNormEpsilon),
  );
  const offset = Float64Array.from(norm.shift, (shift, c) => shift - (norm.mean[c] ?? 0) * (scale[c] ?? 0));
  return { scale, offset };
}

/**
 * Folds a batch norm into the convolution or linear layer before it: `weight · scale`, `bias · scale + offset`.
 *
 * @param weight `[rows, channels]`, row-major.
 */
export function foldBatchNorm(
  layer: { weight: Float32Array; bias: Float32Array | undefined },
  norm: BatchNormValues,
): { weight: Float32Array<ArrayBuffer>; bias: Float32Array<ArrayBuffer> } {
  const { scale, offset } = scaleAndOffset(norm);
  const channels = scale.length;
  return {
    weight: Float32Array.from(layer.weight, (value, index) => value * (scale[index % channels] ?? 0)),
    bias: Float32Array.from(offset, (value, c) => (layer.bias?.[c] ?? 0) * (scale[c] ?? 0) + value),
  };
}
