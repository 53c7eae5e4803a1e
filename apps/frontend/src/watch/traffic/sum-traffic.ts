import type { Series } from '../../charts/series.ts';
import { colourAt } from '../../charts/series.ts';
import type { TrafficInterval } from '../watch-types.ts';

/** Counts by name. */
type Counts = Readonly<Record<string, number>>;

/** Which counts of an interval are meant. */
export type Facet = 'outcomes' | 'decisions' | 'codes';

/** Most names that have a colour of their own; the rest is summed up. */
const NAMED = 5;

/** What the rest is called. */
export const OTHERS = 'others';

/** What the intervals sum up to, the most frequent first. */
export function totals(intervals: readonly TrafficInterval[], facet: Facet): [string, number][] {
  const sums = new Map<string, number>();
  for (const interval of intervals)
    for (const [name, count] of Object.entries<number>(interval[facet]))
      sums.set(name, (sums.get(name) ?? 0) + count);
  return [...sums].filter(([, count]) => count > 0).toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

export interface CountSeriesOptions {
  /** Beginnings of all steps, milliseconds since 1970; those without an interval have nothing. */
  readonly steps: readonly number[];
  readonly facet: Facet;
  /** Colours of names that always have the same. */
  readonly colours?: Readonly<Record<string, string>>;
}

/** One series for each name, the most frequent first; from the sixth name on they are summed up. */
export function countSeries(
  intervals: readonly TrafficInterval[],
  { steps, facet, colours = {} }: CountSeriesOptions,
): Series[] {
  const byStep = new Map(intervals.map((interval) => [Date.parse(interval.from), interval[facet] as Counts]));
  const names = totals(intervals, facet).map(([name]) => name);
  const isCrowded = names.length > NAMED + 1;
  const named = isCrowded ? names.slice(0, NAMED) : names;
  const rest = isCrowded ? names.slice(NAMED) : [];
  const countAt = (step: number, name: string) => {
    const counts = byStep.get(step);
    return counts !== undefined && Object.hasOwn(counts, name) ? counts[name]! : 0;
  };
  const series = named.map((name, at) => ({
    name,
    colour: Object.hasOwn(colours, name) ? colours[name]! : colourAt(at),
    values: steps.map((step) => countAt(step, name)),
  }));
  if (rest.length === 0) return series;
  return [
    ...series,
    {
      name: OTHERS,
      colour: colourAt(NAMED),
      values: steps.map((step) => rest.reduce((sum, name) => sum + countAt(step, name), 0)),
    },
  ];
}

/** The window in a few numbers. */
export interface TrafficSummary {
  readonly requests: number;
  readonly answered: number;
  /** Of the answers, how many were `uncertain` or `out-of-scope`. */
  readonly undecided: number;
  /** Answers whose truth is known, and how many of these were right. */
  readonly told: number;
  readonly right: number;
  /** The highest 99 % latency of any interval, milliseconds; undefined where nothing was answered. */
  readonly slowest: number | undefined;
}

/** Sums a window up. */
export function summarise(intervals: readonly TrafficInterval[]): TrafficSummary {
  const sum = (of: (interval: TrafficInterval) => number) =>
    intervals.reduce((total, one) => total + of(one), 0);
  const slowest = intervals.flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs.p99]));
  return {
    requests: sum(({ requests }) => requests),
    answered: sum(({ outcomes }) => outcomes.answered ?? 0),
    undecided: sum(({ decisions }) => (decisions.uncertain ?? 0) + (decisions['out-of-scope'] ?? 0)),
    told: sum(({ feedback }) => feedback.given),
    right: sum(({ feedback }) => feedback.right),
    slowest: slowest.length === 0 ? undefined : Math.max(...slowest),
  };
}
