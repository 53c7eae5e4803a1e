import { number, words } from '../../design/format.ts';
import type { Histogram } from '../watch-types.ts';

/** A histogram of two samples of different sizes, made comparable. */
export interface Shares {
  /** A text for each bin, all different. */
  readonly bins: readonly string[];
  /** Shares of the sample, 0 to 1, a value a bin. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Most bars side by side that can still be told apart. */
const MOST_BINS = 24;

/** Counts as shares. Where there are more bins than can be told apart, neighbours are put together; the empty ones at both ends go. */
export function sharesOf(histogram: Histogram): Shares {
  const { reference, current } = histogram;
  const isUsed = (_: number, at: number) => (reference[at] ?? 0) + (current[at] ?? 0) > 0;
  const used = reference.map(isUsed);
  const from = Math.max(0, used.indexOf(true));
  const to = Math.max(from, used.lastIndexOf(true)) + 1;
  if (histogram.kind === 'categorical') {
    const places = reference.map((_, at) => at).filter((at) => used[at]);
    return {
      bins: distinct(places.map((at) => words(histogram.names[at] ?? ''))),
      reference: shares(places.map((at) => reference[at] ?? 0)),
      current: shares(places.map((at) => current[at] ?? 0)),
    };
  }
  const step = Math.ceil((to - from) / MOST_BINS);
  const groups = Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => from + at * step);
  const sum = (counts: readonly number[], at: number) =>
    counts.slice(at, Math.min(at + step, to)).reduce((total, count) => total + count, 0);
  return {
    bins: distinct(groups.map((at) => binText(histogram.edges, at, Math.min(at + step, to)))),
    reference: shares(groups.map((at) => sum(reference, at))),
    current: shares(groups.map((at) => sum(current, at))),
  };
}

/** Bins `from` up to, not including, `to`, as people read them: `< 20`, `20 – 40`, `≥ 200`. */
function binText(edges: readonly number[], from: number, to: number): string {
  const [low, high] = [edges[from - 1], edges[to - 1]];
  if (low === undefined) return high === undefined ? 'all' : `< ${number(high)}`;
  return high === undefined ? `≥ ${number(low)}` : `${number(low)} – ${number(high)}`;
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

/** Texts that are the same after rounding are places of their own all the same. */
function distinct(texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return times === 1 ? text : `${text} (${times})`;
  });
}
