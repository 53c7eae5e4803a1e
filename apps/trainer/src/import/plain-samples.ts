import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { defaultProjection, type PreprocessingSpec } from '@assay/schema';
import { openData } from '../data/archive.ts';
import { refuseFaults } from '../data/dataset-error.ts';
import { datasetDigest, digestSamples } from '../data/digest.ts';
import { labelledInput } from '../data/labelled-input.ts';
import { measureInputs } from '../data/measure-inputs.ts';
import { readTables } from '../data/read-tables.ts';
import type { Listed, Sample } from '../data/sample.ts';
import type { Output } from '../output.ts';
import { buildReference } from '../reference/build-reference.ts';
import { scoreExamples } from '../run/score-examples.ts';
import { toScores } from '../run/validate.ts';
import type { SampleRequest, SampleResult } from './assess-samples.ts';
import { checkReadable, examplesFrom } from './sample-inputs.ts';
import type { StandardModel } from './standard-model.ts';

/** Inputs of which nobody said what they are. */
export interface PlainSamples {
  /** What faults are reported of. */
  root: string;
  samples: Sample[];
}

/**
 * Inputs without labels: images that lie in a folder itself, not in folders below it; the rows of a table of which no column of
 * labels was named.
 *
 * @returns `undefined` where there are labels
 * @throws AssayError `invalid-dataset` that lists every fault
 */
export async function findPlainSamples(
  request: Pick<SampleRequest, 'path' | 'preprocessing' | 'labelColumn' | 'state'>,
): Promise<PlainSamples | undefined> {
  const { path, preprocessing, labelColumn, state } = request;
  if (preprocessing.kind === 'tabular')
    return labelColumn === undefined ? known(path, await listRows(path, preprocessing)) : undefined;
  const root = await openData(path, state);
  const entries = await readdir(root, { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  if (visible.length === 0 || visible.some((entry) => entry.isDirectory())) return undefined;
  const files = visible.map(({ name }) => join(root, name)).sort();
  return known(
    root,
    files.map((file) => ({ kind: 'image', path: file, label: '' })),
  );
}

/** A reference profile of inputs without labels: what the model says of them, uncalibrated. */
export async function profileSamples(
  standard: StandardModel,
  { root, samples }: PlainSamples,
  context: Pick<SampleRequest, 'path' | 'preprocessing'> & { output: Output },
): Promise<SampleResult> {
  const { path, preprocessing, output } = context;
  const { model, labels } = standard;
  const features = featuresOf(preprocessing);
  const inputs = samples.map((sample) => labelledInput(sample, { labels, features }));
  await checkReadable(inputs, { root, preprocessing, output });
  const examples = examplesFrom(inputs, preprocessing);
  const { logits, embeddings } = await scoreExamples(model, examples, {
    threads: availableParallelism(),
    labels: labels.length,
    embeddings: true,
  });
  return {
    samples: { name: basename(path), digest: datasetDigest(samples), counts: {} },
    reference: buildReference({
      facts: await measureInputs(inputs, preprocessing),
      preprocessing,
      labels,
      scores: toScores(logits, examples.classes, { labels: labels.length }),
      embeddings: embeddings?.size ? embeddings : undefined,
      projection: defaultProjection,
    }),
  };
}

async function listRows(path: string, preprocessing: PreprocessingSpec): Promise<Listed[]> {
  const { samples, faults } = await readTables(dirname(path), {
    tables: [{ file: basename(path), constants: {} }],
    features: featuresOf(preprocessing),
    separator: ',',
  });
  refuseFaults(path, faults);
  return samples;
}

async function known(root: string, listed: readonly Listed[]): Promise<PlainSamples> {
  const { samples, faults } = await digestSamples(listed);
  refuseFaults(root, faults);
  return { root, samples };
}

function featuresOf(preprocessing: PreprocessingSpec): string[] {
  return preprocessing.kind === 'image' ? [] : preprocessing.features.map(({ name }) => name);
}
