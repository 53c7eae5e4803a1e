/** Integers of a weight and of its bias, with one scale for each output channel. */
export interface QuantisedWeight {
  /** Same layout as the float weight; −largest to largest. */
  readonly integers: Int8Array<ArrayBuffer>;
  /** `[channels]`, above 0. */
  readonly scales: Float32Array<ArrayBuffer>;
  /** `[channels]` in units of `inputScale × scales[channel]`; absent without a float bias. */
  readonly bias?: { readonly integers: Int32Array<ArrayBuffer>; readonly scales: Float32Array<ArrayBuffer> };
}

/** Half of int32, so that the sum of products has room beside the bias. */
const LARGEST_BIAS = 2 ** 30;

/**
 * Quantises a weight symmetrically, one scale for each output channel, and its bias to the unit of the products.
 *
 * @param weight - `values` row-major; `channels` along an axis after which `inner` values follow (`axis` 0 of
 *   `[channels, …]` has `inner` = size / channels; the last axis has `inner` = 1)
 * @param options - `largest` integer to use; `inputScale` of the activation that is multiplied; float `bias` `[channels]`
 */
export function quantiseWeight(
  weight: { readonly values: Float32Array; readonly channels: number; readonly inner: number },
  options: {
    readonly largest: number;
    readonly inputScale: number;
    readonly bias?: Float32Array | undefined;
  },
): QuantisedWeight {
  const { values, channels, inner } = weight;
  const { largest, inputScale, bias } = options;
  const channelOf = (index: number): number => Math.floor(index / inner) % channels;
  const scales = new Float32Array(channels);
  for (const [index, value] of values.entries()) {
    const channel = channelOf(index);
    scales[channel] = Math.max(scales[channel] ?? 0, Math.abs(value) / largest);
  }
  for (const [channel, scale] of scales.entries()) {
    // a channel of tiny weights with a large bias would overflow the bias: its weights get a wider scale
    const needed = Math.abs(bias?.[channel] ?? 0) / (inputScale * LARGEST_BIAS);
    scales[channel] = Math.max(scale, needed) || 1;
  }
  const integers = Int8Array.from(values, (value, index) =>
    Math.round(value / (scales[channelOf(index)] ?? 1)),
  );
  if (bias === undefined) return { integers, scales };
  const biasScales = scales.map((scale) => scale * inputScale);
  const biasIntegers = Int32Array.from(bias, (value, channel) =>
    Math.round(value / (biasScales[channel] ?? 1)),
  );
  return { integers, scales, bias: { integers: biasIntegers, scales: biasScales } };
}
