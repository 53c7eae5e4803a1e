import { minMaxObserver, type Range, type RangeObserver } from './value-range.ts';

/** Bins are halved in number whenever there would be more, so the range is known to 1/2048 of its width or better. */
const MOST_BINS = 4096;

/**
 * Observes the interval that holds `percentile` percent of all values; half of the rest is cut off at each end.
 *
 * One pass suffices: values are counted in bins whose width is a power of two and whose edges are multiples of it.
 * When they no longer span all values, neighbouring bins are merged and the width doubles, which is exact.
 *
 * @param percentile - share of the values to keep, in percent, above 0 and at most 100
 */
export function percentileObserver(percentile: number): RangeObserver {
  let width = 2 ** -40;
  let first = 0;
  let counts = new Float64Array(0);
  let total = 0;
  const extremes = minMaxObserver();

  function include(low: number, high: number): void {
    let from = Math.floor(low / width);
    let to = Math.floor(high / width);
    if (counts.length > 0) {
      from = Math.min(from, first);
      to = Math.max(to, first + counts.length - 1);
      if (to - from < counts.length) return;
    }
    let factor = 1;
    while (Math.floor(to / factor) - Math.floor(from / factor) >= MOST_BINS) factor *= 2;
    const start = Math.floor(from / factor);
    const wider = new Float64Array(Math.floor(to / factor) - start + 1);
    for (const [index, count] of counts.entries()) {
      const bin = Math.floor((first + index) / factor) - start;
      wider[bin] = (wider[bin] ?? 0) + count;
    }
    width *= factor;
    first = start;
    counts = wider;
  }

  return {
    observe(values) {
      if (values.length === 0) return;
      extremes.observe(values);
      const { low, high } = extremes.range();
      include(low, high);
      for (const value of values) {
        const bin = Math.floor(value / width) - first;
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      total += values.length;
    },
    range() {
      const central = centralRange(counts, { first, width, cut: (total * (100 - percentile)) / 200 });
      const { low, high } = extremes.range();
      return { low: Math.max(low, central.low), high: Math.min(high, central.high) };
    },
  };
}

/** The interval between the outer edges of the bins that remain when `cut` values are taken away at each end. */
function centralRange(
  counts: Float64Array,
  { first, width, cut }: { first: number; width: number; cut: number },
): Range {
  let lowest = 0;
  let highest = counts.length - 1;
  for (let below = counts[lowest] ?? 0; below <= cut && lowest < highest; below += counts[lowest] ?? 0)
    lowest++;
  for (let above = counts[highest] ?? 0; above <= cut && highest > lowest; above += counts[highest] ?? 0)
    highest--;
  return { low: (first + lowest) * width, high: (first + highest + 1) * width };
}
