import type { RecordSample } from '@assay/schema';

type Cell = RecordSample['records'][number]['values'][number];

/** The cell of a record in a column; `null` where the sample lacks it. */
export function cellReader(sample: RecordSample, column: string): (record: number) => Cell {
  const at = sample.columns.indexOf(column);
  return (record) => (at < 0 ? null : (sample.records[record]?.values[at] ?? null));
}

/**
 * Rows of the given columns, of the first records that have a number in each: the sample is ordered by hash, so that its beginning is a
 * sample too.
 *
 * @param most Rows at the most.
 */
export function completeRows(sample: RecordSample, columns: readonly string[], most: number): number[][] {
  const read = columns.map((column) => cellReader(sample, column));
  const rows: number[][] = [];
  if (columns.length === 0) return rows;
  for (let record = 0; record < sample.records.length && rows.length < most; record++) {
    const row = read.map((cell) => cell(record));
    if (row.every((value) => typeof value === 'number')) rows.push(row);
  }
  return rows;
}
