import { scaleLinear } from 'd3-scale';
import { clip } from '../../wording/clean-text.ts';
import { numberWords, percentWords } from '../../wording/numbers.ts';
import { markup, type Markup } from '../markup.ts';
import { at, stepPath, type Frame } from './axis.ts';
import { medianOf, type DisplayBins, type Tail } from './display-bins.ts';

const FRAME: Frame = { width: 340, height: 196, left: 40, right: 6, top: 18, bottom: 38 };
/** Width of a tail, and its distance from the other bars. */
const TAIL = { width: 16, gap: 8 };

/** Words of a histogram. */
export interface HistogramWords {
  /** Unique in the page. */
  id: string;
  title: string;
  /** What the values are: name and unit. */
  axis: string;
}

/**
 * Shares of the values, the reference as a filled area and the window as a line over it, on one scale. The arrow at the top goes from
 * the reference's median to the window's.
 */
export function histogramChart(histogram: DisplayBins, words: HistogramWords): Markup {
  const { bins, below, above } = histogram;
  const { width, height, left, right, top, bottom } = FRAME;
  const base = height - bottom;
  const x0 = left + (below ? TAIL.width + TAIL.gap : 0);
  const x1 = width - right - (above ? TAIL.width + TAIL.gap : 0);
  const x = scaleLinear([bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1], [x0, x1]);
  const all = [...bins, ...(below ? [below] : []), ...(above ? [above] : [])];
  const highest = Math.max(...all.flatMap(({ reference, current }) => [reference, current]));
  const y = scaleLinear([0, highest], [base, top]).nice(3);
  const bars = (side: 'reference' | 'current') =>
    bins.map((bin) => ({ x0: x(bin.from), x1: x(bin.to), y: y(bin[side]) }));
  const tail = (end: Tail | undefined, from: number) =>
    end && [
      markup`<path class="reference-fill" d="${stepPath([{ x0: from, x1: from + TAIL.width, y: y(end.reference) }], base)}"/>`,
      markup`<path class="current-fill current-line" d="${stepPath([{ x0: from, x1: from + TAIL.width, y: y(end.current) }], base)}"/>`,
    ];
  return markup`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${words.id}-t ${words.id}-d"><title id="${words.id}-t">${words.title}</title><desc id="${words.id}-d">${describe(histogram)}</desc>
${y
  .ticks(3)
  .map(
    (tick) =>
      markup`<path class="grid" d="M${left} ${at(y(tick))}H${width - right}"/><text x="${left - 5}" y="${at(y(tick) + 4)}" text-anchor="end">${tickPercent(tick)}</text>`,
  )}
<path class="reference-fill" d="${stepPath(bars('reference'), base)}"/>
<path class="current-fill" d="${stepPath(bars('current'), base)}"/><path class="current-line" d="${stepPath(bars('current'), base)}"/>
${tail(below, left)}${tail(above, width - right - TAIL.width)}
<path class="axis" d="M${at(left)} ${base}H${width - right}"/>
${ticksOf(histogram, x).map(({ place, anchor, text }) => markup`<text x="${at(place)}" y="${base + 14}" text-anchor="${anchor}">${text}</text>`)}
<text class="strong" x="${at((left + width - right) / 2)}" y="${height - 6}" text-anchor="middle">${clip(words.axis, 52)}</text>
${medianArrow(histogram, { x, y: top - 10, base })}</svg>`;
}

/** From median to median; nothing where they are the same or unknown. */
function medianArrow(
  histogram: DisplayBins,
  { x, y, base }: { x: (value: number) => number; y: number; base: number },
): Markup | undefined {
  const [from, to] = [medianOf(histogram, 'reference'), medianOf(histogram, 'current')];
  if (from === undefined || to === undefined) return undefined;
  const [a, b] = [at(x(from)), at(x(to))];
  const lines = markup`<path class="reference-line" d="M${a} ${y}V${base}"/><path class="current-line" stroke-dasharray="6 3" d="M${b} ${y}V${base}"/>`;
  const head = Math.sign(b - a) * 5;
  return Math.abs(b - a) < 8
    ? lines
    : markup`${lines}<path class="arrow" d="M${a} ${y}H${b}M${at(b - head)} ${y - 4}L${b} ${y}L${at(b - head)} ${y + 4}"/>`;
}

/** Numbers below the axis; the tails say where they begin. */
function ticksOf(
  { bins, below, above }: DisplayBins,
  x: { (value: number): number; ticks(count: number): number[] },
): { place: number; anchor: string; text: string }[] {
  const { left, right, width } = FRAME;
  const ends = [
    ...(below ? [{ place: left, anchor: 'start', text: `< ${numberWords(below.edge)}` }] : []),
    ...(above ? [{ place: width - right, anchor: 'end', text: `≥ ${numberWords(above.edge)}` }] : []),
  ];
  if (bins.length === 0) return ends;
  const [low, high] = [left + (below ? 58 : 8), width - right - (above ? 58 : 8)];
  const inner = x
    .ticks(5)
    .map((tick) => ({ place: x(tick), anchor: 'middle', text: numberWords(tick) }))
    .filter(({ place }) => place >= low && place <= high);
  return [...ends, ...inner];
}

function tickPercent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** The picture in words, for whoever does not see it. */
function describe(histogram: DisplayBins): string {
  const side = (name: string, key: 'reference' | 'current') => {
    const median = medianOf(histogram, key);
    const tails = [
      ...(histogram.below?.[key]
        ? [`${percentWords(histogram.below[key])} lie below ${numberWords(histogram.below.edge)}`]
        : []),
      ...(histogram.above?.[key]
        ? [`${percentWords(histogram.above[key])} at ${numberWords(histogram.above.edge)} or above`]
        : []),
    ];
    const middle = median === undefined ? [] : [`median about ${numberWords(median)}`];
    const said = [...middle, ...tails].join(', ');
    return `${name}: ${said === '' ? 'no values' : said}.`;
  };
  return `${side('Reference', 'reference')} ${side('Window', 'current')}`;
}
