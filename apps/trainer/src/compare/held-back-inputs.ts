import { AssayError, isTrained, type ModelManifest } from '@assay/schema';
import { z } from 'zod';
import { trainingConfig } from '../config/training-config.ts';
import { refuseFaults } from '../data/dataset-error.ts';
import type { LabelledInput } from '../data/labelled-input.ts';
import { partData, type PartedData, type PartingConfig } from '../data/part-data.ts';
import { testInputs } from '../data/prepare-data.ts';
import type { Output } from '../output.ts';

const { data, split, labels, positiveLabel } = trainingConfig.shape;
/** What is needed of the configuration in a package to part its data again. */
const parting = z.object({ data, split, labels, positiveLabel });

/** Inputs that neither of two models has seen. */
export interface HeldBackInputs {
  inputs: LabelledInput[];
  /** Inputs of the first model's test part that the second has learnt from or was chosen by. */
  leftOut: number;
}

/**
 * The test part of the first model, less what the second has seen: both from the data sets that the packages name, parted
 * again.
 *
 * @throws AssayError `invalid-dataset` where a data set is not at hand, has changed since, or nothing is left.
 */
export async function heldBackInputs(
  first: ModelManifest,
  second: ModelManifest,
  context: { state: string; output: Output },
): Promise<HeldBackInputs> {
  requireSameFeatures(first, second);
  const own = await partAgain(first, context);
  const other = isTrained(second) ? await partAgain(second, context) : undefined;
  const seen = new Set(
    [...(other?.parted.split.train ?? []), ...(other?.parted.split.validation ?? [])].map(
      ({ digest }) => digest,
    ),
  );
  const test = own.parted.split.test.filter(({ digest }) => !seen.has(digest));
  if (test.length === 0)
    throw new AssayError(
      'invalid-dataset',
      `${second.name}@${second.version} has seen the whole test part of ${first.name}@${first.version}; name other data with --data.`,
    );
  const whole = { ...own.parted, split: { ...own.parted.split, test }, labels: first.labels };
  return {
    inputs: testInputs(own.config, whole, first.preprocessing),
    leftOut: own.parted.split.test.length - test.length,
  };
}

/** Rows are known by their numbers: with other columns they would be parted another way. */
function requireSameFeatures(first: ModelManifest, second: ModelManifest): void {
  const [a, b] = [featuresOf(first), featuresOf(second)];
  if (a.join() === b.join()) return;
  throw new AssayError(
    'invalid-dataset',
    `${first.name}@${first.version} and ${second.name}@${second.version} take different features ` +
      `(${a.join(', ') || 'an image'}; ${b.join(', ') || 'an image'}), so that neither's test part was held back from both; name data with --data.`,
  );
}

function featuresOf({ preprocessing }: ModelManifest): string[] {
  return preprocessing.kind === 'image' ? [] : preprocessing.features.map(({ name }) => name);
}

async function partAgain(
  manifest: ModelManifest,
  context: { state: string; output: Output },
): Promise<{ config: PartingConfig; parted: PartedData }> {
  const subject = `${manifest.name}@${manifest.version}`;
  const config = isTrained(manifest) ? parting.safeParse(manifest.provenance.config) : undefined;
  if (!isTrained(manifest) || !config?.success)
    throw new AssayError(
      'invalid-dataset',
      `${subject} does not say which data it was held back from; name data with --data.`,
    );
  const parted = await partData(config.data, context);
  refuseFaults(parted.root, parted.faults);
  if (parted.digest !== manifest.provenance.dataset.digest)
    throw new AssayError(
      'invalid-dataset',
      `${config.data.data.path} is not what ${subject} was trained with: its files have changed. Name data with --data.`,
    );
  return { config: config.data, parted };
}
