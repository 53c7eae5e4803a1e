import { binOf, profileRecords, type FeatureRow, type FrozenReference } from '@assay/drift-statistics';
import type { DriftProfile, RecordSample } from '@assay/schema';
import { cellReader } from '../judge/sample-table.ts';

/** Inputs that a part of the reference must have to be held against. */
const LEAST_INPUTS = 20;

/** A slice and what it counted. */
export interface Slice {
  dimension: string;
  value: string;
  profile: DriftProfile;
}

/** Which inputs of the reference are like a slice, by the value of one column; `undefined` where all are. */
interface Likeness {
  column: string;
  /** How many of them there are. */
  inputs: number;
  includes: (value: number | string | null) => boolean;
}

function likenessOf({ dimension, value, profile }: Slice, reference: FrozenReference): Likeness | undefined {
  if (dimension === 'prediction' || dimension === 'format') {
    const column = dimension === 'format' ? 'image.format' : 'prediction';
    const feature = reference.features[column];
    if (feature?.kind !== 'categorical') return undefined;
    const inputs = new Map(Object.entries(feature.profile.counts)).get(value) ?? 0;
    return inputs === feature.profile.count
      ? undefined
      : { column, inputs, includes: (cell) => cell === value };
  }
  const [feature, counts] = [reference.features['image.area'], profile.features['image.area']];
  if (dimension !== 'size' || feature?.kind !== 'numeric' || counts?.kind !== 'numeric') return undefined;
  if (feature.profile.deviation === 0) return undefined;
  // The bins that the slice lies in say which sizes it stands for.
  const first = counts.counts.findIndex((count) => count > 0);
  const last = counts.counts.findLastIndex((count) => count > 0);
  const inputs = feature.counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
  const includes = (cell: number | string | null) => {
    const bin = typeof cell === 'number' ? binOf(cell, feature.edges) : -1;
    return bin >= first && bin <= last && first >= 0;
  };
  return { column: 'image.area', inputs, includes };
}

/**
 * What a slice is held against: `whole`, the reference as it is, where all of its inputs are like the slice or nothing of the dimension is
 * known of them; a profile of those that are, from the values that the package keeps; `undefined` where those are too few or not
 * kept, and all of the reference would be the wrong measure.
 */
export function sliceBase(
  slice: Slice,
  reference: FrozenReference,
  sample: RecordSample | undefined,
): DriftProfile | 'whole' | undefined {
  const likeness = likenessOf(slice, reference);
  if (likeness === undefined) return 'whole';
  if (sample === undefined || likeness.inputs < LEAST_INPUTS) return undefined;
  const read = cellReader(sample, likeness.column);
  const columns = sample.columns.map((name) => [name, cellReader(sample, name)] as const);
  const rows: FeatureRow[] = [];
  sample.records.forEach((_, record) => {
    if (likeness.includes(read(record)))
      rows.push(Object.fromEntries(columns.map(([name, cell]) => [name, cell(record)])));
  });
  if (rows.length < LEAST_INPUTS) return undefined;
  const key = { model: 'reference', version: '1', slice: slice.profile.slice, hour: '1970-01-01T00' };
  return profileRecords(reference, { ...key, source: 'reference-sample' }, rows);
}
