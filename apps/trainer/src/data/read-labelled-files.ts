import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columnFaults, widthFault } from './csv-faults.ts';
import { parseCsv } from './parse-csv.ts';
import type { Listing } from './read-folders.ts';
import type { ListedImage } from './sample.ts';

/** Where a CSV file names images and their labels. */
export interface LabelledFiles {
  /** CSV file, relative to the data. */
  table: string;
  /** Path of an image, relative to the data, with columns in braces: `images/{id}.jpg`. */
  file: string;
  labelColumn: string;
  separator: string;
}

/** Images named by the rows of a CSV file. */
export async function readLabelledFiles(root: string, source: LabelledFiles): Promise<Listing<ListedImage>> {
  const path = join(root, source.table);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return { samples: [], faults: [`${path}: the file is missing`] };
  const table = parseCsv(text, source.separator);
  const wanted = [source.labelColumn, ...placeholders(source.file)];
  const wrong = columnFaults(path, table, wanted);
  if (wrong.length > 0) return { samples: [], faults: wrong };
  const samples: ListedImage[] = [];
  const faults: string[] = [];
  const lineOf = new Map<string, number>();
  for (const record of table.rows) {
    const { line, cells } = record;
    const label = cells[source.labelColumn] ?? '';
    const narrow = widthFault(`${path}:${line}`, table, record);
    const image = join(
      root,
      source.file.replace(/\{([^}]+)\}/g, (_, name: string) => cells[name] ?? ''),
    );
    const first = lineOf.get(image);
    if (first === undefined) lineOf.set(image, line);
    if (narrow.length > 0) faults.push(...narrow);
    else if (label === '') faults.push(`${path}:${line}: the label is empty`);
    else if (first !== undefined) faults.push(`${path}:${line}: names ${image} again, as line ${first} does`);
    else if (existsSync(image)) samples.push({ kind: 'image', path: image, label });
    else faults.push(`${image}: the file is missing (named by ${path}:${line})`);
  }
  if (table.rows.length === 0) faults.push(`${path}: the table has no rows`);
  return { samples, faults };
}

/** Names in braces. */
function placeholders(template: string): string[] {
  return [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!);
}
