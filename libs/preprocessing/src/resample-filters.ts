import type { ResizeFilter } from '@assay/schema';

/** A resampling kernel: its weight at a distance from the centre, and the distance past which it is 0. */
export interface Kernel {
  readonly support: number;
  weight(distance: number): number;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kernels by Pillow's definitions; distances are in source pixels when enlarging, target pixels when reducing. */
export const kernels: Readonly<Record<Exclude<ResizeFilter, 'nearest'>, Kernel>> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  // Keys 1981 with a = -0.5.
  bicubic: {
    support: 2,
    weight(x) {
      const d = Math.abs(x);
      if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
      return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
    },
  },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** Gaussian of standard deviation `sigma`, cut off at three of them. */
export function gaussianKernel(sigma: number): Kernel {
  return { support: 3 * sigma, weight: (x) => Math.exp((-x * x) / (2 * sigma * sigma)) };
}

/** Bits after the binary point of the integer weights: 32 less 8 of the pixel less 2 of head room. */
export const precisionBits = 22;

/** Integer weights of one axis: target `i` is the sum over `j < counts[i]` of source `starts[i] + j`. */
export interface Taps {
  /** Targets. */
  readonly length: number;
  /** Weights kept per target; those past the count are 0. */
  readonly stride: number;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** `[length, stride]`, 22-bit fixed point, each row summing to about 2^22. */
  readonly weights: Int32Array;
}

/**
 * Weights that bring `from` samples to `to`, for the targets `first … first + length - 1`. Follows the
 * definition of Pillow's `Resample.c`: the kernel widens when reducing, is cut off at the border, and each
 * row of weights is normalised to 1 before it is rounded away from zero to fixed point.
 */
export function makeTaps(
  kernel: Kernel,
  axis: { readonly from: number; readonly to: number; readonly first?: number; readonly length?: number },
): Taps {
  const { from, to, first = 0, length = to } = axis;
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const support = kernel.support * stretch;
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(length);
  const counts = new Int32Array(length);
  const weights = new Int32Array(length * stride);
  const row = new Float64Array(stride);
  for (let i = 0; i < length; i++) {
    const centre = (first + i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(from, Math.trunc(centre + support + 0.5)) - start;
    let sum = 0;
    for (let j = 0; j < count; j++) sum += row[j] = kernel.weight((start + j - centre + 0.5) / stretch);
    for (let j = 0; j < count; j++) {
      const weight = (row[j]! / (sum === 0 ? 1 : sum)) * 2 ** precisionBits;
      weights[i * stride + j] = Math.trunc(weight < 0 ? weight - 0.5 : weight + 0.5);
    }
    starts[i] = start;
    counts[i] = count;
  }
  return { length, stride, starts, counts, weights };
}
