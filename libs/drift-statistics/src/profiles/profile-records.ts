import type { CategoricalCounts, DriftProfile, NumericCounts } from '@assay/schema';
import { scaleOf } from './frozen-edges.ts';
import type { FrozenReference } from './frozen-reference.ts';

/** The values of one record by feature; absent, `null` and NaN are missing. */
export type FeatureRow = Readonly<Record<string, number | string | null | undefined>>;

/** Which records a profile is made of. */
export interface ProfileKey {
  model: string;
  version: string;
  /** `all`, or for example `format=jpeg`. */
  slice: string;
  /** UTC, for example `2026-11-20T14`. */
  hour: string;
  /** Name of the object that holds the records. */
  source: string;
}

/** Whole numbers that a distance of one scale is counted as: 1e8 records at the farthest sum up to less than 2^53. */
export const STEPS = 65_536;
/** Scales beyond which a value counts as lying there. */
const FARTHEST = 64;

/** Index of the bin of `value`: the number of edges at or below it. */
export function binOf(value: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= edges[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Counts records in the reference's bins. A number where names are expected counts under its text; a name where numbers are expected is
 * missing. Features that the reference lacks are left out.
 */
export function profileRecords(
  reference: FrozenReference,
  key: ProfileKey,
  rows: Iterable<FeatureRow>,
): DriftProfile {
  const features: Record<string, NumericCounts | CategoricalCounts> = {};
  const add: ((row: FeatureRow) => void)[] = [];
  const finish: (() => void)[] = [];
  for (const [name, feature] of Object.entries(reference.features)) {
    if (feature.kind === 'numeric') {
      const { edges, profile } = feature;
      const scale = scaleOf(profile);
      const counted: NumericCounts = {
        kind: 'numeric',
        missing: 0,
        infinite: 0,
        counts: new Array<number>(edges.length + 1).fill(0),
        sum: 0,
      };
      features[name] = counted;
      add.push((row) => {
        const value = row[name];
        if (typeof value !== 'number' || Number.isNaN(value)) counted.missing++;
        else if (!Number.isFinite(value)) counted.infinite++;
        else {
          counted.counts[binOf(value, edges)]!++;
          counted.sum += Math.round(
            STEPS * Math.max(-FARTHEST, Math.min(FARTHEST, (value - profile.mean) / scale)),
          );
        }
      });
    } else {
      const counted: CategoricalCounts = { kind: 'categorical', missing: 0, counts: {} };
      const names = new Map<string, number>();
      features[name] = counted;
      add.push((row) => {
        const value = row[name];
        if (value === undefined || value === null || Number.isNaN(value)) counted.missing++;
        else names.set(String(value), (names.get(String(value)) ?? 0) + 1);
      });
      finish.push(() => (counted.counts = Object.fromEntries(names)));
    }
  }
  let records = 0;
  for (const row of rows) {
    records++;
    for (const one of add) one(row);
  }
  for (const one of finish) one();
  const { model, version, slice, hour, source } = key;
  return {
    schemaVersion: 1,
    ...{ model, version, slice, reference: reference.digest },
    ...{ sources: [source], from: hour, to: hour, records, features },
  };
}
