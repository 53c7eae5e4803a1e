import { scaleOf, STEPS, type FrozenNumeric, type FrozenReference } from '@assay/drift-statistics';
import type { DriftProfile } from '@assay/schema';
import { binGuide, guidedBin, type BinGuide } from './bin-guide.ts';

/** Scales beyond which a value counts as lying there, as in profiles. */
export const FARTHEST = 64;

/** Where the counts of a numeric feature lie in the tallies of its reference. */
interface NumericPlace {
  name: string;
  feature: FrozenNumeric;
  guide: BinGuide;
  scale: number;
  /** Of the missing values; the infinite ones and the bins follow. */
  at: number;
}

/** What a reference counts, and where. */
export interface TallyLayout {
  reference: FrozenReference;
  numeric: readonly NumericPlace[];
  categorical: readonly string[];
  /** Counts that a tally has. */
  size: number;
}

/** Counts of some records in the making. */
export interface FeatureTally {
  records: number;
  counts: Int32Array;
  /** By numeric feature: see `sum` of a profile. */
  sums: Float64Array;
  /** By categorical feature. */
  names: Map<string | null, number>[];
}

export function tallyLayout(reference: FrozenReference): TallyLayout {
  const numeric: NumericPlace[] = [];
  const categorical: string[] = [];
  let size = 0;
  for (const [name, feature] of Object.entries(reference.features)) {
    if (feature.kind === 'categorical') categorical.push(name);
    else {
      const { edges, profile } = feature;
      const guide = binGuide(edges, [profile.minimum, profile.maximum]);
      numeric.push({ name, feature, guide, scale: scaleOf(profile), at: size });
      size += 2 + feature.counts.length;
    }
  }
  return { reference, numeric, categorical, size };
}

export const emptyTally = ({ size, numeric, categorical }: TallyLayout): FeatureTally => ({
  records: 0,
  counts: new Int32Array(size),
  sums: new Float64Array(numeric.length),
  names: categorical.map(() => new Map<string | null, number>()),
});

/** Adds what one tally counted to another. */
export function addTally(into: FeatureTally, from: FeatureTally): void {
  into.records += from.records;
  from.counts.forEach((count, at) => (into.counts[at]! += count));
  from.sums.forEach((sum, at) => (into.sums[at]! += sum));
  from.names.forEach((names, at) => {
    const own = into.names[at]!;
    for (const [name, count] of names) own.set(name, (own.get(name) ?? 0) + count);
  });
}

/** Where values are counted, and what each adds to the sum. */
export interface Placed {
  slots: Int32Array;
  steps: Float64Array;
}

/**
 * Finds the places of some values of a feature: as `profileRecords` has them, but each once for all slices that it counts in.
 *
 * @param from.column Its values by row; left out where there are none.
 * @param from.rows Of the values.
 */
export function placeValues(
  from: { column: Float64Array | undefined; rows: readonly number[] },
  { feature: { profile }, guide, scale, at: first }: NumericPlace,
  { slots, steps }: Placed,
): void {
  const { column, rows } = from;
  for (let at = 0; at < rows.length; at++) {
    const value = column === undefined ? NaN : column[rows[at]!]!;
    const finite = Number.isFinite(value);
    slots[at] = finite ? first + 2 + guidedBin(guide, value) : Number.isNaN(value) ? first : first + 1;
    const distance = (value - profile.mean) / scale;
    steps[at] = finite ? Math.round(STEPS * Math.max(-FARTHEST, Math.min(FARTHEST, distance))) : 0;
  }
}

/** The profile of what was counted. */
export function profileOf(
  tally: FeatureTally,
  layout: TallyLayout,
  key: Pick<DriftProfile, 'model' | 'version' | 'slice'> & { hour: string },
): DriftProfile {
  const features: DriftProfile['features'] = {};
  const { hour, ...rest } = key;
  layout.numeric.forEach(({ name, feature, at }, index) => {
    features[name] = {
      kind: 'numeric',
      missing: tally.counts[at]!,
      infinite: tally.counts[at + 1]!,
      counts: Array.from(tally.counts.subarray(at + 2, at + 2 + feature.counts.length)),
      sum: tally.sums[index]!,
    };
  });
  layout.categorical.forEach((name, index) => {
    const names = [...tally.names[index]!].filter((entry) => entry[0] !== null) as [string, number][];
    features[name] = {
      kind: 'categorical',
      missing: tally.names[index]!.get(null) ?? 0,
      counts: Object.fromEntries(names.sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  });
  return {
    schemaVersion: 1,
    ...rest,
    reference: layout.reference.digest,
    sources: [`predictions/${hour.replace('T', '/')}`],
    ...{ from: hour, to: hour, records: tally.records, features },
  };
}
