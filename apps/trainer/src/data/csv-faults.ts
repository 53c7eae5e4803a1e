import type { CsvTable } from './parse-csv.ts';

/** Columns that a table should have and does not, and names that two columns share. */
export function columnFaults(path: string, { columns }: CsvTable, wanted: readonly string[]): string[] {
  const missing = wanted.filter((name) => !columns.includes(name));
  const repeated = new Set(columns.filter((name, index) => name !== '' && columns.indexOf(name) < index));
  return [
    ...missing.map((name) => `${path}: no column "${name}"; columns are: ${columns.join(', ')}`),
    ...[...repeated].map((name) => `${path}: more than one column is named "${name}"`),
  ];
}

/** A row with fewer or more cells than there are columns. */
export function widthFault(
  place: string,
  { columns }: CsvTable,
  { width }: Pick<CsvTable['rows'][number], 'width'>,
): string[] {
  return width === columns.length ? [] : [`${place}: expected ${columns.length} cells, received ${width}`];
}
