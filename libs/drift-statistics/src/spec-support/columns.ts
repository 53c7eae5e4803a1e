import type { Random } from '@assay/random';
import type { DriftProfile, NumericProfile } from '@assay/schema';
import { readReferenceProfile, type FrozenReference } from '../profiles/frozen-reference.ts';
import { STEPS } from '../profiles/profile-records.ts';

/** Records of independent features, column by column: what fifty thousand records take to draw and to count. */
export interface Columns {
  /** By name, ascending each: which values stand together says nothing where features are independent. */
  numbers: Record<string, Float64Array>;
  /** Counts by name of the one categorical feature. */
  formats: Record<string, number>;
}

const formats = ['jpeg', 'png', 'webp', 'gif'];
const ends = [0.6, 0.85, 0.95, 1];

/** Normal columns of deviation 1, and one of formats. */
export function drawColumns(random: Random, count: number, means: Readonly<Record<string, number>>): Columns {
  const numbers = Object.fromEntries(
    Object.entries(means).map(([name, mean]) => {
      const values = new Float64Array(count);
      for (let i = 0; i < count; i++) values[i] = mean + random.normal();
      return [name, values.sort()];
    }),
  );
  const counts = formats.map(() => 0);
  for (let i = 0; i < count; i++) {
    const at = random.uniform();
    counts[ends.findIndex((end) => at < end)]! += 1;
  }
  const seen = formats.flatMap((name, i) => (counts[i]! > 0 ? [[name, counts[i]!] as const] : []));
  return { numbers, formats: Object.fromEntries(seen) };
}

/** How many of the ascending values lie below `edge`. */
function below(sorted: Float64Array, edge: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < edge) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Values by bin, one bin more than edges. */
function countBins(sorted: Float64Array, edges: readonly number[]): number[] {
  const ends = [...edges.map((edge) => below(sorted, edge)), sorted.length];
  return ends.map((end, i) => end - (ends[i - 1] ?? 0));
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Bins of about equally many values, 20 at most, as packages have them. */
export function numericProfile(sorted: Float64Array): NumericProfile {
  const { length } = sorted;
  const bins = Math.min(20, Math.max(2, Math.floor(Math.sqrt(length))));
  const at = Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * length) / bins)]!);
  const edges = [...new Set(at)];
  const mean = meanOf(sorted);
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
  return {
    ...{ kind: 'numeric', count: length, missing: 0, mean, deviation: Math.sqrt(variance) },
    ...{ minimum: sorted[0]!, maximum: sorted.at(-1)!, edges, counts: countBins(sorted, edges) },
  };
}

/** The reference that a package would have of these records; `withFormats`: whether their formats belong to it. */
export function referenceOf(
  { numbers, formats: counts }: Columns,
  withFormats = true,
): Promise<FrozenReference> {
  const profiles = Object.entries(numbers).map(([name, values]) => [name, numericProfile(values)] as const);
  const inputs = profiles[0]![1].count;
  const format = { kind: 'categorical', count: inputs, missing: 0, counts };
  return readReferenceProfile({
    ...{ schemaVersion: 1, inputs },
    features: { ...Object.fromEntries(profiles), ...(withFormats ? { format } : {}) },
  });
}

/** The profile of a window of these records. */
export function profileOfColumns(reference: FrozenReference, columns: Columns): DriftProfile {
  const features = Object.entries(reference.features).map(([name, feature]) => {
    if (feature.kind === 'categorical')
      return [name, { kind: 'categorical' as const, missing: 0, counts: columns.formats }] as const;
    const values = columns.numbers[name]!;
    const { mean, deviation } = feature.profile;
    const sum = Math.round((STEPS * values.length * (meanOf(values) - mean)) / deviation);
    const counts = countBins(values, feature.edges);
    return [name, { kind: 'numeric' as const, missing: 0, infinite: 0, counts, sum }] as const;
  });
  const records = Object.values(columns.numbers)[0]!.length;
  return {
    ...{ schemaVersion: 1, model: 'world', version: '1', slice: 'all', reference: reference.digest },
    ...{ sources: ['predictions/a'], from: '2026-11-20T14', to: '2026-11-20T14', records },
    features: Object.fromEntries(features),
  };
}
