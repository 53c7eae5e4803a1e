import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AssayError, type ModelManifest } from '@assay/schema';
import { openData } from '../data/archive.ts';
import { refuseFaults } from '../data/dataset-error.ts';
import { readFolders } from '../data/read-folders.ts';
import { readTables } from '../data/read-tables.ts';
import type { LabelledInput } from '../data/labelled-input.ts';

/**
 * Labelled inputs for a model: a folder (or archive) with a folder of images per label, or a CSV file with
 * the model's features and a label column.
 *
 * @throws AssayError `invalid-dataset` that lists every fault.
 */
export async function labelledInputs(
  data: string,
  manifest: ModelManifest,
  options: {
    labelColumn?: string | undefined;
    constants: Readonly<Record<string, number>>;
    state: string;
    /** A second model, whose features are read as well. */
    alsoFor?: ModelManifest;
  },
): Promise<LabelledInput[]> {
  const inputs =
    manifest.preprocessing.kind === 'tabular'
      ? await rows(data, [...new Set([manifest, options.alsoFor ?? manifest].flatMap(featuresOf))], options)
      : await images(data, options.state);
  const unknown = [...new Set(inputs.map(({ label }) => label))].filter(
    (label) => !manifest.labels.includes(label),
  );
  refuseFaults(
    data,
    unknown.map((label) => `label "${label}" is not one of the model's: ${manifest.labels.join(', ')}`),
  );
  return inputs.map(({ label, ...rest }) => ({ ...rest, truth: manifest.labels.indexOf(label) }));
}

function featuresOf({ preprocessing }: ModelManifest): string[] {
  return preprocessing.kind === 'tabular' ? preprocessing.features.map(({ name }) => name) : [];
}

type Found = Omit<LabelledInput, 'truth'> & { label: string };

async function images(data: string, state: string): Promise<Found[]> {
  const root = await openData(data, state);
  const { samples, faults } = await readFolders(root);
  refuseFaults(root, faults);
  return samples.map(({ path, label }) => ({
    path,
    label,
    read: async () => ({ bytes: await readFile(path) }),
  }));
}

async function rows(
  data: string,
  features: readonly string[],
  options: { labelColumn?: string | undefined; constants: Readonly<Record<string, number>> },
): Promise<Found[]> {
  if (options.labelColumn === undefined)
    throw new AssayError('invalid-dataset', 'Name the column with the labels: --label-column.');
  const { samples, faults } = await readTables(dirname(data), {
    tables: [{ file: basename(data), constants: options.constants }],
    labelColumn: options.labelColumn,
    features,
    separator: ',',
  });
  refuseFaults(data, faults);
  return samples.map(({ path, label, features: values }) => ({
    path,
    label,
    read: async () => ({
      features: Object.fromEntries(features.map((name, index) => [name, values[index]!])),
    }),
  }));
}
