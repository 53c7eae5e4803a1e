import type { TrainingConfig } from '../config/training-config.ts';
import type { Output } from '../output.ts';
import { openData } from './archive.ts';
import { datasetDigest, digestSamples } from './digest.ts';
import { labelsOf } from './labels.ts';
import { readFolders } from './read-folders.ts';
import { readLabelledFiles } from './read-labelled-files.ts';
import { readTables } from './read-tables.ts';
import { renameLabels } from './rename-labels.ts';
import type { Listed } from './sample.ts';
import { splitFaults, splitSamples, type Split } from './split.ts';

/** A data set that was listed and parted; nothing in it was decoded. */
export interface PartedData {
  root: string;
  split: Split<Listed>;
  /** In the order of the model's outputs. */
  labels: string[];
  /** Names of the features, for tables; else empty. */
  features: readonly string[];
  /** sha256, see `datasetDigest`. */
  digest: string;
  faults: string[];
}

/** The keys of a configuration that say which input goes where. */
export type PartingConfig = Pick<TrainingConfig, 'data' | 'split' | 'labels' | 'positiveLabel'>;

/**
 * Opens, lists and parts the data set of a configuration.
 *
 * @param context.state Folder for what can be made again, usually `.assay`.
 * @throws AssayError `invalid-dataset` if there is nothing at the path.
 */
export async function partData(
  config: PartingConfig,
  context: { state: string; output: Output },
): Promise<PartedData> {
  const { data } = config;
  const root = await openData(data.path, context.state);
  const found =
    data.reader === 'table'
      ? await readTables(root, data)
      : {
          features: [],
          ...(data.reader === 'folders'
            ? await readFolders(root, data)
            : await readLabelledFiles(root, data)),
        };
  const listing = renameLabels<Listed>(found, data.labels);
  const { samples, faults } = await digestSamples(listing.samples);
  const readable = samples.filter((sample) => sample.digest !== '');
  const labels = config.labels ?? labelsOf(readable);
  const all = [...listing.faults, ...faults];
  if (labels.length < 2) all.push(`expected at least two classes, found: ${labels.join(', ') || 'none'}`);
  if (config.positiveLabel !== undefined && !labels.includes(config.positiveLabel))
    all.push(`the positive label "${config.positiveLabel}" is not one of the classes: ${labels.join(', ')}`);
  const split = splitSamples(readable, config.split);
  if (split.leaked.length > 0)
    context.output.note(
      `${split.leaked.length} training samples have the very content of a test sample and are left out.`,
    );
  return {
    root,
    split,
    labels,
    features: found.features,
    digest: datasetDigest(readable),
    faults: readable.length === 0 ? all : [...all, ...splitFaults(split, labels)],
  };
}
