import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columnFaults, widthFault } from './csv-faults.ts';
import { parseCsv } from './parse-csv.ts';
import type { Listing } from './read-folders.ts';
import type { ListedRow } from './sample.ts';

/** CSV files whose rows are the inputs. */
export interface Tables {
  tables: readonly {
    /** Relative to the data. */
    file: string;
    /** Features that are the same for every row of this file, for example `{ white: 1 }`. */
    constants: Readonly<Record<string, number>>;
  }[];
  /** Left out for rows without labels. */
  labelColumn?: string | undefined;
  /** Columns to learn from; all but the label if left out. */
  features?: readonly string[] | undefined;
  separator: string;
}

/**
 * Rows of numbers with a label, or without. The feature order is that of `features`, or of the first file's columns,
 * followed by the constants.
 */
export async function readTables(
  root: string,
  source: Tables,
): Promise<Listing<ListedRow> & { features: string[] }> {
  const samples: ListedRow[] = [];
  const faults: string[] = [];
  let features: string[] | undefined;
  for (const { file, constants } of source.tables) {
    const path = join(root, file);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) {
      faults.push(`${path}: the file is missing`);
      continue;
    }
    const table = parseCsv(text, source.separator);
    const columns = source.features ?? table.columns.filter((name) => name !== source.labelColumn);
    features ??= [...new Set([...columns, ...Object.keys(constants)])];
    const label = source.labelColumn === undefined ? [] : [source.labelColumn];
    const wanted = [...label, ...features].filter((name) => !(name in constants));
    const wrong = columnFaults(path, table, wanted);
    faults.push(...wrong);
    if (wrong.length > 0) continue;
    if (table.rows.length === 0) faults.push(`${path}: the table has no rows`);
    for (const record of table.rows) {
      const { line, cells } = record;
      const place = `${path}:${line}`;
      const narrow = widthFault(place, table, record);
      if (narrow.length > 0) faults.push(...narrow);
      else {
        const row = readRow(cells, { place, features, constants, label: source.labelColumn });
        if (row.faults.length > 0) faults.push(...row.faults);
        else samples.push(row.sample);
      }
    }
  }
  return { samples, faults, features: features ?? [] };
}

function readRow(
  cells: Readonly<Record<string, string>>,
  context: {
    place: string;
    features: readonly string[];
    constants: Readonly<Record<string, number>>;
    label: string | undefined;
  },
): { sample: ListedRow; faults: string[] } {
  const { place, features, constants } = context;
  const faults: string[] = [];
  const values = Float64Array.from(features, (name) => {
    const cell = cells[name];
    const value = cell === undefined || cell === '' ? Number.NaN : Number(cell);
    const number = constants[name] ?? value;
    if (!Number.isFinite(number))
      faults.push(`${place}: "${name}" must be a number, received "${cell ?? ''}"`);
    return number;
  });
  const label = context.label === undefined ? '' : (cells[context.label] ?? '');
  if (label === '' && context.label !== undefined) faults.push(`${place}: the label is empty`);
  return { sample: { kind: 'row', path: place, label, features: values }, faults };
}
