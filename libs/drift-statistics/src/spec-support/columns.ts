import type { Random } from '@assay/random';
import type { DriftProfile, NumericProfile } from '@assay/schema';
import { readReferenceProfile, type FrozenReference } from '../profiles/frozen-reference.ts';
import { STEPS } from '../profiles/profile-records.ts';
import { normalSurvival } from '../special-functions/normal.ts';
import { drawCounts } from '../verdict/draw-counts.ts';

/** Values are whole steps of this many standard deviations, so that fifty thousand of them are a histogram. */
const STEP = 0.01;
/** Steps from the middle to either end. */
const REACH = 600;

/** Counts by step from −{@link REACH} to {@link REACH}. */
type Histogram = Float64Array;

/** Records of independent features, column by column. */
export interface Columns {
  records: number;
  /** By name: which values stand together says nothing where features are independent. */
  numbers: Record<string, Histogram>;
  /** Counts by name of the one categorical feature. */
  formats: Record<string, number>;
}

const formats = ['jpeg', 'png', 'webp', 'gif'];
const formatShares = [0.6, 0.25, 0.1, 0.05];

/**
 * Draws records: normal columns of deviation 1, rounded to {@link STEP}, and one of formats.
 *
 * @returns draws `count` records, their means by name.
 */
export function drawing(random: Random): (count: number, means: Readonly<Record<string, number>>) => Columns {
  const end = (step: number) => normalSurvival((step - 0.5) * STEP);
  const shares = Float64Array.from({ length: 2 * REACH + 1 }, (_, i) => end(i - REACH) - end(i - REACH + 1));
  const [number, format] = [drawCounts(shares, random), drawCounts(formatShares, random)];
  return (count, means) => {
    const numbers = Object.fromEntries(
      Object.entries(means).map(([name, mean]) => {
        const drawn = number(count);
        const by = Math.round(mean / STEP);
        // What leaves the range stays at its end.
        const moved = by === 0 ? drawn : new Float64Array(drawn.length);
        if (by !== 0) drawn.forEach((many, i) => (moved[Math.max(0, Math.min(2 * REACH, i + by))]! += many));
        return [name, moved];
      }),
    );
    const counts = format(count);
    const seen = formats.flatMap((name, i) => (counts[i]! > 0 ? [[name, counts[i]!] as const] : []));
    return { records: count, numbers, formats: Object.fromEntries(seen) };
  };
}

const valueOf = (at: number) => (at - REACH) * STEP;

/** Mean and population standard deviation of a histogram. */
export function momentsOf(histogram: Histogram): { mean: number; deviation: number } {
  let [count, sum, squares] = [0, 0, 0];
  for (let at = 0; at < histogram.length; at++) {
    count += histogram[at]!;
    sum += histogram[at]! * valueOf(at);
    squares += histogram[at]! * valueOf(at) ** 2;
  }
  return { mean: sum / count, deviation: Math.sqrt(squares / count - (sum / count) ** 2) };
}

/** Wasserstein-1 distance of two histograms of the same steps. */
export function distanceOf(a: Histogram, b: Histogram): number {
  const count = (histogram: Histogram) => histogram.reduce((sum, many) => sum + many, 0);
  const [m, n] = [count(a), count(b)];
  let [area, difference] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    difference += a[at]! / m - b[at]! / n;
    area += Math.abs(difference);
  }
  return area * STEP;
}

/** Values by bin, one bin more than edges. */
function countBins(histogram: Histogram, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  let bin = 0;
  for (let at = 0; at < histogram.length; at++) {
    while (bin < edges.length && valueOf(at) >= edges[bin]!) bin++;
    counts[bin]! += histogram[at]!;
  }
  return counts;
}

/** Edges of about equally many values each, as packages have them: 20 bins at most. */
export function quantileEdges(value: (rank: number) => number, count: number): number[] {
  const bins = Math.min(20, Math.max(2, Math.floor(Math.sqrt(count))));
  const at = Array.from({ length: bins - 1 }, (_, i) => value(Math.floor(((i + 1) * count) / bins)));
  return [...new Set(at)];
}

function profileOfHistogram(histogram: Histogram, count: number): NumericProfile {
  const ranks = new Float64Array(count);
  let filled = 0;
  histogram.forEach((many, at) => ranks.fill(valueOf(at), filled, (filled += many)));
  const edges = quantileEdges((rank) => ranks[rank]!, count);
  return {
    ...{ kind: 'numeric', count, missing: 0, ...momentsOf(histogram), minimum: ranks[0]! },
    ...{ maximum: ranks.at(-1)!, edges, counts: countBins(histogram, edges) },
  };
}

/** The reference that a package would have of these records; `withFormats`: whether their formats belong to it. */
export function referenceOf(columns: Columns, withFormats = true): Promise<FrozenReference> {
  const { records, numbers, formats: counts } = columns;
  const profiles = Object.entries(numbers).map(
    ([name, histogram]) => [name, profileOfHistogram(histogram, records)] as const,
  );
  const format = { kind: 'categorical', count: records, missing: 0, counts };
  return readReferenceProfile({
    ...{ schemaVersion: 1, inputs: records },
    features: { ...Object.fromEntries(profiles), ...(withFormats ? { format } : {}) },
  });
}

/** The profile of a window of these records. */
export function profileOfColumns(reference: FrozenReference, columns: Columns): DriftProfile {
  const features = Object.entries(reference.features).map(([name, feature]) => {
    if (feature.kind === 'categorical')
      return [name, { kind: 'categorical' as const, missing: 0, counts: columns.formats }] as const;
    const histogram = columns.numbers[name]!;
    const { mean, deviation } = feature.profile;
    const sum = Math.round((STEPS * columns.records * (momentsOf(histogram).mean - mean)) / deviation);
    const counts = countBins(histogram, feature.edges);
    return [name, { kind: 'numeric' as const, missing: 0, infinite: 0, counts, sum }] as const;
  });
  return {
    ...{ schemaVersion: 1, model: 'world', version: '1', slice: 'all', reference: reference.digest },
    ...{ sources: ['predictions/a'], from: '2026-11-20T14', to: '2026-11-20T14' },
    ...{ records: columns.records, features: Object.fromEntries(features) },
  };
}
