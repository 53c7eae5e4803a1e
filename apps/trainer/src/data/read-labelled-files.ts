import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  const missing = wanted.filter((name) => !table.columns.includes(name));
  if (missing.length > 0)
    return {
      samples: [],
      faults: missing.map((name) => `${path}: no column "${name}"; columns are: ${table.columns.join(', ')}`),
    };
  const samples: ListedImage[] = [];
  const faults: string[] = [];
  for (const { line, cells } of table.rows) {
    const label = cells[source.labelColumn] ?? '';
    const image = join(
      root,
      source.file.replace(/\{([^}]+)\}/g, (_, name: string) => cells[name] ?? ''),
    );
    if (label === '') faults.push(`${path}:${line}: the label is empty`);
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
