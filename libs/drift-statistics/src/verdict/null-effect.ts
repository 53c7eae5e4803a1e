import { seededRandom } from '@assay/random';
import { quantile } from '../sorted-sample.ts';
import { drawCounts } from './draw-counts.ts';

/** Where simulated thresholds are kept between calls, for example a `Map`. */
export interface ThresholdCache {
  get(key: string): number | undefined;
  set(key: string, value: number): unknown;
}

export interface NullEffectOptions {
  /** Names what is simulated: feature and digest of the reference. */
  key: string;
  /** How many of the reference's and of the window's records have a value; whole numbers from 1. */
  sizes: readonly [reference: number, current: number];
  /** Share of windows without drift whose effect stays below the result, 0 to 1. */
  level: number;
  cache?: ThresholdCache | undefined;
}

/** Windows that are simulated. */
const REPLICATES = 200;
/** Larger samples are simulated at this size; distances shrink with the root of the size from here on. */
const LARGEST = 250;

/** Two significant digits, downwards: sizes that hardly differ share a threshold, and the larger one gets the stricter. */
function rounded(size: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1);
  return Math.floor(size / unit) * unit;
}

/**
 * The effect that chance alone reaches: both samples are drawn from the reference's shares, at the sizes that are compared, and the
 * quantile of their distance is taken. Seeded by the key and the sizes: the same everywhere.
 *
 * @param shares Counts of the reference by bin or category.
 * @param effect Distance of two such histograms.
 */
export function nullEffect(
  shares: ArrayLike<number>,
  effect: (reference: Float64Array, current: Float64Array) => number,
  options: NullEffectOptions,
): number {
  const { level, cache } = options;
  const [m, n] = options.sizes.map(rounded) as [number, number];
  const key = `${options.key} ${m} ${n} ${level}`;
  const known = cache?.get(key);
  if (known !== undefined) return known;

  const draw = drawCounts(shares, seededRandom('null-effect', key));
  const [drawnM, drawnN] = [Math.min(m, LARGEST), Math.min(n, LARGEST)];
  const effects = Float64Array.from({ length: REPLICATES }, () => effect(draw(drawnM), draw(drawnN))).sort();
  const shrink = Math.sqrt((1 / m + 1 / n) / (1 / drawnM + 1 / drawnN));
  const value = quantile(effects, level) * shrink;
  cache?.set(key, value);
  return value;
}
