import { seededRandom } from '@assay/random';
import type { Statistic } from './statistic.ts';

/** Lower and upper end. */
export type Interval = readonly [low: number, high: number];

/** How to draw. */
export interface BootstrapOptions {
  seed: number;
  /** Default 1000. */
  resamples?: number;
  /** Default 0.95. */
  level?: number;
}

/**
 * The bootstrap (Efron 1979): statistics of rows drawn with replacement, many times. All statistics see the same
 * draws, so that differences between them are paired.
 *
 * @param rows Number of rows to draw from, and in each draw.
 * @param statistics Of the rows, as often as the weights say: one value for each figure.
 * @returns `[figure][draw]`.
 */
export function bootstrapDraws(
  rows: number,
  statistics: (weights: Uint16Array) => ArrayLike<number>,
  options: BootstrapOptions,
): Float64Array[] {
  const { seed, resamples = 1000 } = options;
  const random = seededRandom('bootstrap', seed);
  const weights = new Uint16Array(rows);
  const figures: Float64Array[] = [];
  for (let draw = 0; draw < resamples; draw++) {
    weights.fill(0);
    for (let row = 0; row < rows; row++) weights[random.integer(rows)]!++;
    const values = statistics(weights);
    for (let figure = 0; figure < values.length; figure++) {
      figures[figure] ??= new Float64Array(resamples);
      figures[figure]![draw] = values[figure]!;
    }
  }
  return figures;
}

/**
 * Percentile bootstrap interval of one statistic. Draws where it is not finite (one class only, say) are left out.
 *
 * @returns The central `level` of the draws; `[NaN, NaN]` if none was finite.
 */
export function bootstrapInterval(rows: number, statistic: Statistic, options: BootstrapOptions): Interval {
  const [draws] = bootstrapDraws(rows, (weights) => [statistic(weights)], options);
  return percentileInterval(draws ?? new Float64Array(), options.level);
}

/** The central part of the finite values; `[NaN, NaN]` without any. */
export function percentileInterval(draws: Float64Array, level = 0.95): Interval {
  const finite = draws.filter(Number.isFinite).sort();
  return [quantile(finite, (1 - level) / 2), quantile(finite, (1 + level) / 2)];
}

/** Quantile of sorted values by linear interpolation (Hyndman–Fan type 7); NaN of nothing. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
