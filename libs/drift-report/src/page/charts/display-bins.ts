import type { ReportHistogram } from '@assay/schema';

/** Shares of the values of both sides that lie from `from` up to `to`. */
export interface DisplayBin {
  from: number;
  to: number;
  reference: number;
  current: number;
}

/** Shares beyond an end of the axis. */
export interface Tail {
  edge: number;
  reference: number;
  current: number;
}

/** A histogram as it is drawn; all shares of a side sum to 1, tails included. */
export interface DisplayBins {
  bins: DisplayBin[];
  below: Tail | undefined;
  above: Tail | undefined;
}

/** Bars across the axis. */
const BARS = 26;
/** A tail that holds less of both sides does not stretch the axis. */
const TAIL = 0.0025;
/** Values of the window that are beyond this share at either side may be gathered in a tail; its bulk is always shown. */
const BULK = 0.15;
/** Thin ends of the window make the axis no longer than this many times what else it shows. */
const STRETCH = 3;

/**
 * The counts of frozen bins, whose widths differ by orders of magnitude, in bars of equal width: values are taken to lie evenly within
 * their bin. Far tails are gathered at the ends.
 *
 * @returns `undefined` where there is nothing to draw: no counts at all, or edges and counts that do not fit together.
 */
export function displayBins(
  histogram: Extract<ReportHistogram, { kind: 'numeric' }>,
  bars = BARS,
): DisplayBins | undefined {
  const { edges } = histogram;
  const ascending = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!));
  const fits = (counts: readonly number[]) => counts.length === edges.length + 1;
  const length = (edges.at(-1) ?? NaN) - (edges[0] ?? NaN);
  if (!Number.isFinite(length) || !ascending || !fits(histogram.reference) || !fits(histogram.current))
    return undefined;
  const sides = { reference: shares(histogram.reference), current: shares(histogram.current) };
  if (!sides.reference && !sides.current) return undefined;
  const reference = sides.reference ?? histogram.reference.map(() => 0);
  const current = sides.current ?? histogram.current.map(() => 0);

  const [first, last] = shownRange(edges, { reference, current });
  const [low, high] = [edges[first - 1]!, edges[last]!];
  const sum = (side: readonly number[], from: number, to: number) =>
    side.slice(from, to).reduce((total, share) => total + share, 0);
  const tail = (edge: number, from: number, to: number) => {
    const both = { edge, reference: sum(reference, from, to), current: sum(current, from, to) };
    return both.reference > 0 || both.current > 0 ? both : undefined;
  };
  const width = (high - low) / bars;
  const bins =
    width > 0
      ? Array.from({ length: bars }, (_, bar): DisplayBin => {
          const [from, to] = [low + bar * width, bar === bars - 1 ? high : low + (bar + 1) * width];
          const within = { edges, from, to };
          return { from, to, reference: evenShare(reference, within), current: evenShare(current, within) };
        })
      : [];
  return { bins, below: tail(low, 0, first), above: tail(high, last + 1, edges.length + 1) };
}

function shares(counts: readonly number[]): number[] | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total > 0 ? counts.map((count) => count / total) : undefined;
}

/** First and last inner bin that are drawn: bin i lies from edge i − 1 to edge i; first = last + 1 where there is none. */
function shownRange(
  edges: readonly number[],
  { reference, current }: { reference: readonly number[]; current: readonly number[] },
): [number, number] {
  const span = (side: readonly number[], tail: number): [number, number] | undefined => {
    const inner = side.slice(1, -1);
    let [before, after] = [0, 0];
    let first = 0;
    while (first < inner.length && (before += inner[first]!) <= tail) first++;
    let last = inner.length - 1;
    while (last >= 0 && (after += inner[last]!) <= tail) last--;
    // A side that lies in the tails alone has no say in the range.
    return first <= last ? [first + 1, last + 1] : undefined;
  };
  const bulks = [span(reference, TAIL), span(current, BULK)].filter((range) => range !== undefined);
  if (bulks.length === 0) return [1, 0];
  let first = Math.min(...bulks.map(([from]) => from));
  let last = Math.max(...bulks.map(([, to]) => to));
  const longest = STRETCH * (edges[last]! - edges[first - 1]!);
  const fits = (from: number, to: number) => edges[to]! - edges[from - 1]! <= longest;
  const whole = span(current, TAIL);
  while (whole && last < whole[1] && fits(first, last + 1)) last++;
  while (whole && first > whole[0] && fits(first - 1, last)) first--;
  return [first, last];
}

/** Share of a side from `from` to `to`. */
function evenShare(
  side: readonly number[],
  { edges, from, to }: { edges: readonly number[]; from: number; to: number },
): number {
  let share = 0;
  for (let bin = 1; bin < edges.length; bin++) {
    const [left, right] = [edges[bin - 1]!, edges[bin]!];
    const overlap = Math.min(to, right) - Math.max(from, left);
    if (overlap > 0) share += side[bin]! * Math.min(1, overlap / (right - left));
  }
  return share;
}

/** The value that half of a side's shares lie below; `undefined` where that is in a tail, or nothing. */
export function medianOf({ bins, below }: DisplayBins, side: 'reference' | 'current'): number | undefined {
  let running = below?.[side] ?? 0;
  if (running >= 0.5) return undefined;
  for (const bin of bins) {
    if (running + bin[side] >= 0.5) return bin.from + ((0.5 - running) / bin[side]) * (bin.to - bin.from);
    running += bin[side];
  }
  return undefined;
}
