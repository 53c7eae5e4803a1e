import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '@assay/schema';
import { refuseFaults } from '../data/dataset-error.ts';
import { labelsOf } from '../data/labels.ts';
import { parseCsv, type CsvTable } from '../data/parse-csv.ts';

/** What a folder of CSV files holds, as far as a first recipe needs it. */
export interface TableFacts {
  /** Folder of the files. */
  folder: string;
  files: string[];
  separator: string;
  labelColumn: string;
  labels: string[];
  /** Columns of numbers, in their order. */
  features: string[];
  /** Columns that are left out, and why. */
  leftOut: { column: string; why: string }[];
  rows: number;
}

/** What label columns are called, the likeliest first. */
const usualNames = ['label', 'class', 'target', 'category', 'species', 'quality', 'outcome', 'y'];
const separators = [',', ';', '\t'];
/** Values that come less often, on average, are no labels: each part of the data needs some of each. */
const leastOfLabel = 3;

/**
 * Looks at a CSV file, or at all CSV files of a folder, which must have the same columns.
 *
 * @param labelColumn found by its name, else the last column, where it is left out
 * @throws AssayError `invalid-dataset` that lists every fault
 */
export async function lookAtTables(path: string, labelColumn?: string): Promise<TableFacts> {
  const { folder, files } = await csvFiles(path);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const separator = separatorOf(texts[0]!);
  const tables = texts.map((text) => parseCsv(text, separator));
  const [{ columns }] = tables as [CsvTable];
  const faults = tables.flatMap((table, index) =>
    table.columns.join() === columns.join()
      ? []
      : [
          `${join(folder, files[index]!)}: expected the columns ${columns.join(', ')}, received ${table.columns.join(', ')}`,
        ],
  );
  const usual = usualNames.flatMap((name) => columns.find((column) => column.toLowerCase() === name) ?? []);
  const label = labelColumn ?? usual[0] ?? columns.at(-1)!;
  if (!columns.includes(label))
    faults.push(`there is no column "${label}" (--label); columns are: ${columns.join(', ')}`);
  refuseFaults(path, faults);

  const rows = tables.flatMap((table) => table.rows);
  const labels = labelsOf(
    rows.map(({ cells }) => ({ kind: 'row', path, label: cells[label] ?? '', features: new Float64Array() })),
  );
  const leftOut: TableFacts['leftOut'] = [];
  const features = columns.filter((column) => {
    if (column === label) return false;
    const why = reasonAgainst(column, rows);
    if (why !== undefined) leftOut.push({ column, why });
    return why === undefined;
  });
  if (features.length === 0) faults.push('no column holds numbers to learn from');
  if (labels.length < 2)
    faults.push(`column "${label}" holds ${labels.length} label(s); expected at least two`);
  if (labels.length * leastOfLabel > rows.length && labels.length > 1)
    faults.push(
      `column "${label}" holds ${labels.length} different values in ${rows.length} rows, too many for labels; name the column with the labels (--label)`,
    );
  refuseFaults(path, faults);
  return { folder, files, separator, labelColumn: label, labels, features, leftOut, rows: rows.length };
}

async function csvFiles(path: string): Promise<{ folder: string; files: string[] }> {
  if (path.endsWith('.csv')) return { folder: dirname(path), files: [basename(path)] };
  const entries = await readdir(path).catch((cause: unknown) => {
    throw new AssayError('invalid-dataset', `There is no folder at ${path} that can be read.`, { cause });
  });
  const files = entries.filter((entry) => entry.endsWith('.csv')).sort();
  if (files.length > 0) return { folder: path, files };
  throw new AssayError(
    'invalid-dataset',
    `${path}: expected a .csv file, or a folder with some; found none.`,
  );
}

/** The separator that parts the first line most often. */
function separatorOf(text: string): string {
  const [head = ''] = text.split('\n', 1);
  const count = (separator: string) => head.split(separator).length;
  return separators.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function reasonAgainst(column: string, rows: CsvTable['rows']): string | undefined {
  const cells = rows.map((row) => row.cells[column] ?? '');
  const other = cells.find((cell) => cell === '' || !Number.isFinite(Number(cell)));
  if (other !== undefined) return other === '' ? 'it has empty cells' : `"${other}" is no number`;
  return column.toLowerCase() === 'id' ? 'it names the row' : undefined;
}
