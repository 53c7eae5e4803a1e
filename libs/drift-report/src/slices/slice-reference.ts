import { profileRecords, type FeatureRow, type FrozenReference } from '@assay/drift-statistics';
import type { DriftProfile, RecordSample } from '@assay/schema';
import { cellReader } from '../judge/sample-table.ts';

/** Columns of the reference that say which of its inputs belong to a slice. */
const COLUMNS: Readonly<Record<string, string>> = { prediction: 'prediction', format: 'image.format' };
/** Inputs that a part of the reference must have to be held against. */
const LEAST_INPUTS = 20;

/**
 * What a slice is held against: `whole`, the reference as it is, where nothing in it is of the dimension; a profile of those of its
 * inputs that are of the slice; `undefined` where that is not known, and all of the reference would be the wrong measure.
 */
export function sliceBase(
  { dimension, value }: { dimension: string; value: string },
  reference: FrozenReference,
  sample: RecordSample | undefined,
): DriftProfile | 'whole' | undefined {
  const column = COLUMNS[dimension];
  const feature = column === undefined ? undefined : reference.features[column];
  if (column === undefined || feature?.kind !== 'categorical') return 'whole';
  const inside = new Map(Object.entries(feature.profile.counts)).get(value) ?? 0;
  if (inside === feature.profile.count) return 'whole';
  if (sample === undefined || inside < LEAST_INPUTS) return undefined;
  const read = cellReader(sample, column);
  const columns = sample.columns.map((name) => [name, cellReader(sample, name)] as const);
  const rows: FeatureRow[] = [];
  sample.records.forEach((_, record) => {
    if (read(record) === value)
      rows.push(Object.fromEntries(columns.map(([name, cell]) => [name, cell(record)])));
  });
  if (rows.length < LEAST_INPUTS) return undefined;
  const key = { model: 'reference', version: '1', slice: `${dimension}=${value}`, hour: '1970-01-01T00' };
  return profileRecords(reference, { ...key, source: 'reference-sample' }, rows);
}
