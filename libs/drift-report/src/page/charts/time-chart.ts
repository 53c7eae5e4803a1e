import { scaleLinear, scaleUtc } from 'd3-scale';
import { numberWords } from '../../wording/numbers.ts';
import { tickWords } from '../../wording/time-words.ts';
import { markup, type Markup, type Part } from '../markup.ts';
import { at, type Frame } from './axis.ts';

const FRAME: Frame = { width: 340, height: 132, left: 44, right: 8, top: 8, bottom: 24 };

/** Values over the steps of a window. */
export interface TimeChart {
  id: string;
  title: string;
  /** The picture in words. */
  description: string;
  /** Milliseconds since 1970. */
  steps: readonly { from: number; to: number }[];
  /** One set of bars, or two stacked, or a line. */
  layers: readonly { values: readonly (number | null)[]; kind: 'bars' | 'line'; style: string }[];
  /** What the axis reaches at least. */
  least?: number;
  /** Where values begin to count. */
  limit?: number;
  tick?: (value: number) => string;
}

/** One quantity over time; pictures of one page share their axis of time. A step without a value leaves a gap. */
export function timeChart(chart: TimeChart): Markup {
  const { id, title, description, steps, layers, limit, least = 0, tick = numberWords } = chart;
  const { width, height, left, right, top, bottom } = FRAME;
  const base = height - bottom;
  const [start, end] = [steps[0]?.from ?? 0, steps.at(-1)?.to ?? 1];
  const x = scaleUtc([start, end], [left, width - right]);
  const stacked = steps.map((_, i) =>
    layers.filter(({ kind }) => kind === 'bars').reduce((sum, { values }) => sum + (values[i] ?? 0), 0),
  );
  const lines = layers
    .filter(({ kind }) => kind === 'line')
    .flatMap(({ values }) => values.map((v) => v ?? 0));
  const highest = Math.max(least, ...stacked, ...lines) || 1;
  const y = scaleLinear([0, highest], [base, top]).nice(3);
  const place = (time: number) => at(x(time));
  let below = steps.map(() => 0);
  const drawn = layers.map(({ values, kind, style }): Part => {
    if (kind === 'line')
      return markup`<path class="${style}" d="${linePath(steps, { values, x: place, y })}"/>`;
    const bottoms = below;
    below = below.map((sum, i) => sum + (values[i] ?? 0));
    const path = steps.map(({ from, to }, i) => {
      const value = values[i] ?? 0;
      if (value === 0) return '';
      const [a, b] = [x(from), x(to)];
      const gap = b - a > 4 ? 1 : 0;
      return `M${at(a + gap / 2)} ${at(y(bottoms[i]!))}V${at(y(bottoms[i]! + value))}H${at(b - gap / 2)}V${at(y(bottoms[i]!))}Z`;
    });
    return markup`<path class="${style}" d="${path.join('')}"/>`;
  });
  const times = x.ticks(4).filter((time) => x(time) >= left + 12 && x(time) <= width - right - 12);
  return markup`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>
${y.ticks(3).map((value) => markup`<path class="grid" d="M${left} ${at(y(value))}H${width - right}"/><text x="${left - 5}" y="${at(y(value) + 4)}" text-anchor="end">${tick(value)}</text>`)}
${drawn}
${limit === undefined ? undefined : markup`<path class="limit" d="M${left} ${at(y(limit))}H${width - right}"/>`}
<path class="axis" d="M${left} ${base}H${width - right}"/>
${times.map((time) => markup`<path class="axis" d="M${at(x(time))} ${base}v4"/><text x="${at(x(time))}" y="${base + 16}" text-anchor="middle">${tickWords(time, end - start)}</text>`)}</svg>`;
}

/** A level line for each step, joined where the next one has a value too. */
function linePath(
  steps: TimeChart['steps'],
  {
    values,
    x,
    y,
  }: { values: readonly (number | null)[]; x: (time: number) => number; y: (value: number) => number },
): string {
  let open = false;
  return steps
    .map(({ from, to }, i) => {
      const value = values[i] ?? null;
      const joined = open;
      open = value !== null;
      if (value === null) return '';
      return joined ? `V${at(y(value))}H${x(to)}` : `M${x(from)} ${at(y(value))}H${x(to)}`;
    })
    .join('');
}
