import type { PreprocessingSpec } from '@assay/schema';
import type { TrainingConfig } from '../config/training-config.ts';
import type { Output } from '../output.ts';
import { openData } from './archive.ts';
import { refuseFaults } from './dataset-error.ts';
import { datasetDigest, digestSamples } from './digest.ts';
import type { PreparedData } from './examples.ts';
import { labelsOf } from './labels.ts';
import { prepareImages } from './prepare-images.ts';
import { prepareRows } from './prepare-rows.ts';
import { readFolders } from './read-folders.ts';
import { readLabelledFiles } from './read-labelled-files.ts';
import { readTables } from './read-tables.ts';
import { splitNames, type Listed, type ListedImage, type ListedRow } from './sample.ts';
import { countByLabel, splitFaults, splitSamples, type Split } from './split.ts';

/**
 * Opens, lists, checks, parts and loads the data set of a configuration.
 *
 * @param context.state Folder for what can be made again, usually `.assay`.
 * @throws AssayError `invalid-dataset` that lists every fault with its path.
 */
export async function prepareData(
  config: TrainingConfig,
  context: { state: string; output: Output },
): Promise<PreparedData> {
  const root = await openData(config.data.path, context.state);
  if (config.data.reader === 'table') {
    const { samples, faults, features } = await readTables(root, config.data);
    const parted = await part(config, { root, samples, faults, output: context.output });
    refuseFaults(root, parted.faults);
    return assemble(
      parted,
      prepareRows(parted.split as Split<ListedRow>, { config, labels: parted.labels, features }),
    );
  }
  const { samples, faults } =
    config.data.reader === 'folders'
      ? await readFolders(root, config.data)
      : await readLabelledFiles(root, config.data);
  const parted = await part(config, { root, samples, faults, output: context.output });
  const images = await prepareImages(parted.split as Split<ListedImage>, {
    config: { ...config, data: config.data },
    labels: parted.labels,
    state: context.state,
    output: context.output,
  });
  refuseFaults(root, [...parted.faults, ...images.faults]);
  return assemble(parted, images.prepared);
}

interface Parted {
  split: Split<Listed>;
  labels: string[];
  digest: string;
  faults: string[];
}

/** The part of {@link PreparedData} that depends on the kind of input. */
export type PreparedInputs = Pick<PreparedData, 'networkInput' | 'batches' | 'examples'> & {
  preprocessing: PreprocessingSpec;
};

async function part(
  config: TrainingConfig,
  listing: { root: string; samples: Listed[]; faults: string[]; output: Output },
): Promise<Parted> {
  const { samples, faults } = await digestSamples(listing.samples);
  const readable = samples.filter((sample) => sample.digest !== '');
  const labels = config.labels ?? labelsOf(readable);
  const found = [...listing.faults, ...faults];
  if (labels.length < 2) found.push(`expected at least two classes, found: ${labels.join(', ') || 'none'}`);
  if (config.positiveLabel !== undefined && !labels.includes(config.positiveLabel))
    found.push(
      `the positive label "${config.positiveLabel}" is not one of the classes: ${labels.join(', ')}`,
    );
  const split = splitSamples(readable, config.split);
  if (split.leaked.length > 0)
    listing.output.note(
      `${split.leaked.length} training samples have the very content of a test sample and are left out.`,
    );
  return {
    split,
    labels,
    digest: datasetDigest(readable),
    faults: readable.length === 0 ? found : [...found, ...splitFaults(split, labels)],
  };
}

function assemble({ split, labels, digest }: Parted, inputs: PreparedInputs): PreparedData {
  return {
    ...inputs,
    labels,
    digest,
    counts: countByLabel(split, labels),
    listing: splitNames.flatMap((name) =>
      split[name].map(({ path, label, digest: own }) => ({ split: name, path, label, digest: own })),
    ),
  };
}
