import { scaleLinear } from 'd3-scale';
import { percentWords } from '../../wording/numbers.ts';
import { markup, type Markup } from '../markup.ts';
import { at } from './axis.ts';

const WIDTH = 340;
const ROW = 40;
const SIDE = 14;

/** A share, the interval around it, and what it is of. */
export interface IntervalRow {
  name: string;
  share: number;
  interval: readonly [number, number];
  /** What was, or what is. */
  side: 'reference' | 'current';
}

/** Shares as points with their 95 % intervals, below each other on one axis. */
export function intervalChart(
  rows: readonly IntervalRow[],
  { id, title, axis }: { id: string; title: string; axis: string },
): Markup {
  const ends = rows.flatMap(({ share, interval }) => [share, ...interval]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const space = Math.max(0.02, (high - low) * 0.15);
  const x = scaleLinear([Math.max(0, low - space), Math.min(1, high + space)], [SIDE, WIDTH - SIDE]).nice(4);
  const base = ROW * rows.length + 4;
  const height = base + 36;
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-t"><title id="${id}-t">${title}</title>
${x
  .ticks(4)
  .map(
    (tick) =>
      markup`<path class="grid" d="M${at(x(tick))} 4V${base}"/><text x="${at(x(tick))}" y="${base + 14}" text-anchor="middle">${Number((100 * tick).toPrecision(3))} %</text>`,
  )}
${rows.map(({ name, share, interval, side }, row) => {
  const y = row * ROW + 30;
  const [left, right] = [at(x(interval[0])), at(x(interval[1]))];
  return markup`<text class="name" x="${SIDE}" y="${y - 13}">${name}: ${percentWords(share)}</text><path class="${side === 'current' ? 'current-line' : 'axis'}" d="M${left} ${y}H${right}M${left} ${y - 4}v8M${right} ${y - 4}v8"/><circle class="${side}-solid" cx="${at(x(share))}" cy="${y}" r="5"/>
`;
})}<path class="axis" d="M${SIDE} ${base}H${WIDTH - SIDE}"/><text class="strong" x="${WIDTH / 2}" y="${height - 5}" text-anchor="middle">${axis}</text></svg>`;
}
