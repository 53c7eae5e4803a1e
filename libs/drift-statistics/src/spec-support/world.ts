import { seededRandom, type Random } from '@assay/random';
import type { DriftProfile, NumericProfile, ReferenceProfile } from '@assay/schema';
import { readReferenceProfile, type FrozenReference } from '../profiles/frozen-reference.ts';
import { binOf, profileRecords, type FeatureRow } from '../profiles/profile-records.ts';
import { quantileEdges } from './columns.ts';

/** Nine normal features and one of names, each record drawn by itself. */
export const features = Array.from({ length: 9 }, (_, k) => `feature.f${k}`);
const names = ['jpeg', 'png', 'webp', 'gif'];
const shares = [0.6, 0.25, 0.1, 0.05];

/** What is different in a window. */
export interface Change {
  /** Added to features by name. */
  shift?: Readonly<Record<string, number>>;
  /** Changes a drawn row. */
  also?: (row: Record<string, number | string | null>, random: Random) => void;
}

/** `count` records of the world, or of a changed one. */
export function drawRows(seed: string, count: number, { shift = {}, also }: Change = {}): FeatureRow[] {
  const random = seededRandom('world', seed);
  return Array.from({ length: count }, () => {
    const row: Record<string, number | string | null> = {};
    for (const name of features) row[name] = random.normal() + (shift[name] ?? 0);
    let at = random.uniform();
    row.format = names.find((_, k) => (at -= shares[k]!) < 0) ?? names[0]!;
    also?.(row, random);
    return row;
  });
}

/** Bins of about equally many values, as packages have them. */
export function numericProfile(sorted: Float64Array): NumericProfile {
  const { length } = sorted;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / length;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
  const edges = quantileEdges((rank) => sorted[rank]!, length);
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of sorted) counts[binOf(value, edges)]! += 1;
  return {
    ...{ kind: 'numeric', count: length, missing: 0, mean, deviation: Math.sqrt(variance) },
    ...{ minimum: sorted[0]!, maximum: sorted.at(-1)!, edges, counts },
  };
}

/** The reference of a sample of the world; `change` tells how the package's own data differ from {@link drawRows}'. */
export function makeReference(seed: string, inputs: number, change?: Change): Promise<FrozenReference> {
  const rows = drawRows(`reference ${seed}`, inputs, change);
  const counts: Record<string, number> = {};
  for (const row of rows) counts[String(row.format)] = (counts[String(row.format)] ?? 0) + 1;
  const content: ReferenceProfile = {
    schemaVersion: 1,
    inputs,
    features: {
      ...Object.fromEntries(
        features.map((name) => [
          name,
          numericProfile(Float64Array.from(rows, (row) => Number(row[name])).sort()),
        ]),
      ),
      format: { kind: 'categorical', count: inputs, missing: 0, counts },
    },
  };
  return readReferenceProfile(content);
}

/** The profile of some rows, all in one hour. */
export function profileOf(reference: FrozenReference, rows: Iterable<FeatureRow>): DriftProfile {
  const key = { model: 'world', version: '1', slice: 'all', hour: '2026-11-20T14', source: 'predictions/a' };
  return profileRecords(reference, key, rows);
}
