import type { PreprocessingSpec } from '@assay/schema';
import { shardOf } from '../batches/shard.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import type { Output } from '../output.ts';
import { leakFaults } from '../statistics/leak-faults.ts';
import { refuseFaults } from './dataset-error.ts';
import type { PreparedData } from './examples.ts';
import { labelledInput } from './labelled-input.ts';
import { partData, type PartedData, type PartingConfig } from './part-data.ts';
import { joinParts } from './join-parts.ts';
import { prepareImages } from './prepare-images.ts';
import { prepareRows } from './prepare-rows.ts';
import { splitNames, type ListedImage, type ListedRow, type Sample, type SplitName } from './sample.ts';
import { countByLabel, type Split } from './split.ts';

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
  const parted = await partData(config, context);
  const { root, split, labels } = parted;
  if (config.data.reader === 'table') refuseFaults(root, parted.faults);
  const { prepared, faults } = await prepareInputs(config, parted, context);
  if (config.data.reader === 'table') return assemble(config, parted, prepared);
  const leaks = await leakFaults(splitNames.flatMap((name) => split[name]) as Sample<ListedImage>[], {
    labels,
    allow: config.data.allowLeaks,
  });
  refuseFaults(root, [...parted.faults, ...faults, ...leaks.faults]);
  for (const leak of leaks.allowed) context.output.note(`Allowed by data.allowLeaks: ${leak}.`);
  return assemble(config, parted, prepared);
}

/**
 * As {@link prepareData}, with some parts joined to train on; the same data set was prepared and checked before.
 *
 * @throws AssayError `invalid-dataset` where it can no longer be read.
 */
export async function prepareJoined(
  config: TrainingConfig,
  parts: readonly SplitName[],
  context: { state: string; output: Output },
): Promise<PreparedData> {
  const parted = await partData(config, context);
  const joined = { ...parted, split: joinParts(parted.split, parts) };
  const { prepared, faults } = await prepareInputs(config, joined, context);
  refuseFaults(parted.root, [...parted.faults, ...faults]);
  return assemble(config, joined, prepared);
}

async function prepareInputs(
  config: TrainingConfig,
  { split, labels, features }: PartedData,
  context: { state: string; output: Output },
): Promise<{ prepared: PreparedInputs; faults: string[] }> {
  const { data } = config;
  if (data.reader === 'table')
    return { prepared: prepareRows(split as Split<ListedRow>, { config, labels, features }), faults: [] };
  const images = split as Split<ListedImage>;
  return prepareImages(images, { config: { ...config, data }, labels, ...context });
}

/** The part of {@link PreparedData} that depends on the kind of input. */
export type PreparedInputs = Pick<PreparedData, 'networkInput' | 'batches' | 'examples'> & {
  preprocessing: PreprocessingSpec;
};

function assemble(config: TrainingConfig, parted: PartedData, inputs: PreparedInputs): PreparedData {
  const { split, labels, digest } = parted;
  return {
    ...inputs,
    batches: config.shard ? shardOf(inputs.batches, config.shard) : inputs.batches,
    labels,
    digest,
    counts: countByLabel(split, labels),
    testInputs: testInputs(config, parted, inputs.preprocessing),
    listing: splitNames.flatMap((name) =>
      split[name].map(({ path, label, digest: own }) => ({ split: name, path, label, digest: own })),
    ),
  };
}

/** The test part as clients would send it. */
export function testInputs(
  { data }: Pick<PartingConfig, 'data'>,
  { split, labels, features }: Pick<PartedData, 'split' | 'labels' | 'features'>,
  preprocessing: PreprocessingSpec,
) {
  const quality =
    data.reader !== 'table' && data.reencode?.splits.includes('test') ? data.reencode.quality : undefined;
  const reencode =
    quality !== undefined && preprocessing.kind === 'image' ? { quality, decode: preprocessing } : undefined;
  return split.test.map((sample) => labelledInput(sample, { labels, features, reencode }));
}
