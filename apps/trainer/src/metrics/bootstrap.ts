import { seededRandom } from '@assay/random';

/** Lower and upper end. */
export type Interval = readonly [low: number, high: number];

/**
 * Percentile bootstrap interval (Efron 1979): the statistic over rows drawn with replacement, many times.
 * Draws where the statistic is not finite (one class only, say) are left out.
 *
 * @param rows Number of rows to draw from, and in each draw.
 * @param statistic Of the rows at these positions.
 * @returns The central `level` of the draws; `[NaN, NaN]` if none was finite.
 */
export function bootstrapInterval(
  rows: number,
  statistic: (positions: Uint32Array) => number,
  options: { seed: number; resamples?: number; level?: number },
): Interval {
  const { seed, resamples = 1000, level = 0.95 } = options;
  const random = seededRandom('bootstrap', seed);
  const draws: number[] = [];
  const positions = new Uint32Array(rows);
  for (let draw = 0; draw < resamples; draw++) {
    for (let row = 0; row < rows; row++) positions[row] = random.integer(rows);
    const value = statistic(positions);
    if (Number.isFinite(value)) draws.push(value);
  }
  draws.sort((a, b) => a - b);
  return [quantile(draws, (1 - level) / 2), quantile(draws, (1 + level) / 2)];
}

/** Quantile of sorted values by linear interpolation (Hyndman–Fan type 7); NaN of nothing. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
