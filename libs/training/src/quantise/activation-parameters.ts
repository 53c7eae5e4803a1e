import type { Range } from './value-range.ts';

/** How uint8 stands for real numbers: `real = scale × (integer − zeroPoint)`. */
export interface ActivationParameters {
  /** A float32 number above 0. */
  readonly scale: number;
  /** 0 to 255; the integer that stands for 0. */
  readonly zeroPoint: number;
}

/**
 * Spreads the 256 values of uint8 over a range, asymmetrically. The range is widened to hold 0, so that 0 (padding,
 * ReLU) is exact. Formula: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", section 2.1.
 */
export function activationParameters(range: Range): ActivationParameters {
  const low = Math.min(0, range.low);
  const high = Math.max(0, range.high);
  const scale = Math.fround((high - low) / 255);
  if (scale === 0) return { scale: 1, zeroPoint: 0 };
  return { scale, zeroPoint: Math.min(255, Math.round((0 - low) / scale)) };
}

/** The integers of `values` under `parameters`; what lies outside the range gets its nearest end. */
export function quantiseActivation(
  values: Float32Array,
  parameters: ActivationParameters,
): Uint8Array<ArrayBuffer> {
  const { scale, zeroPoint } = parameters;
  return Uint8Array.from(values, (value) =>
    Math.max(0, Math.min(255, Math.round(value / scale) + zeroPoint)),
  );
}
