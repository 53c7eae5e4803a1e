import { featuresToVector } from '@assay/preprocessing';
import type { TabularFeature, TabularPreprocessingSpec } from '@assay/schema';
import { tableBatches } from '../batches/table-batches.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import type { Examples } from './examples.ts';
import type { PreparedInputs } from './prepare-data.ts';
import type { ListedRow, SplitName } from './sample.ts';
import type { Split } from './split.ts';

/** Learns mean and deviation of each feature from the training split and normalises every row by them. */
export function prepareRows(
  split: Split<ListedRow>,
  context: { config: TrainingConfig; labels: readonly string[]; features: readonly string[] },
): PreparedInputs {
  const { config, labels, features } = context;
  const preprocessing: TabularPreprocessingSpec = {
    kind: 'tabular',
    features: features.map((name, index) =>
      describeFeature(
        name,
        split.train.map((row) => row.features[index]!),
      ),
    ),
  };
  const vectorOf = (row: ListedRow) =>
    featuresToVector(
      Object.fromEntries(features.map((name, index) => [name, row.features[index]])),
      preprocessing,
    );
  const classesOf = (name: SplitName) =>
    Int32Array.from(split[name], (sample) => labels.indexOf(sample.label));
  const vectors = {
    train: split.train.map(vectorOf),
    validation: split.validation.map(vectorOf),
    test: split.test.map(vectorOf),
  };
  const examplesOf = (name: SplitName): Examples => ({
    classes: classesOf(name),
    views: async (index) => ({ shape: [1, features.length], data: vectors[name][index]! }),
  });
  return {
    preprocessing,
    networkInput: { kind: 'features', size: features.length },
    batches: tableBatches(vectors.train, classesOf('train'), {
      labels: labels.length,
      batchSize: config.batchSize,
      seed: config.seed,
    }),
    examples: {
      train: examplesOf('train'),
      validation: examplesOf('validation'),
      test: examplesOf('test'),
    },
  };
}

/** Mean and population standard deviation (1 for a constant feature), with the range. */
function describeFeature(name: string, values: readonly number[]): TabularFeature {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const std = Math.sqrt(variance);
  return {
    name,
    mean,
    std: std > 1e-12 * Math.max(1, Math.abs(mean)) ? std : 1,
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
  };
}
