import { calibrate } from '@assay/prediction';
import { AssayError } from '@assay/schema';
import type { Explained, Question } from './question.ts';
import { shapleyValues } from './shapley.ts';

/**
 * What each feature contributes to the calibrated probability of a label, beside the probability where every feature has
 * its training mean (0, normalised): see {@link shapleyValues}.
 */
export async function explainRow({ classifier, input, options }: Question): Promise<Explained> {
  const { manifest } = classifier;
  const { label, top, signal } = options;
  const result = await classifier.classify(input, {
    keep: { input: true },
    ...(top === undefined ? {} : { top }),
    ...(signal === undefined ? {} : { signal }),
  });
  const point = result.kept?.input.data;
  if (point === undefined || manifest.preprocessing.kind !== 'tabular')
    throw new AssayError('internal', 'Contributions need named numbers.');
  const { features } = manifest.preprocessing;
  const explained = label ?? result.answer.prediction;
  const position = manifest.labels.indexOf(explained);
  const labels = manifest.labels.length;
  const { baseline, value, contributions, exact } = await shapleyValues(
    async (rows) => {
      const logits = await classifier.score(rows, signal);
      return Float64Array.from({ length: rows.shape[0] }, (_, row) => {
        const line = logits.subarray(row * labels, (row + 1) * labels);
        return calibrate(line, manifest.calibration)[position]!;
      });
    },
    { point, reference: new Float32Array(point.length) },
  );
  return {
    result,
    contributions: {
      method: 'contributions',
      label: explained,
      meaning:
        'What the value of the feature adds to the probability of the label, against the mean of that feature in training (Shapley value).',
      baseline,
      score: value,
      contributions: features
        .map(({ name, mean, std }, index) => ({
          feature: name,
          value: mean + std * point[index]!,
          contribution: contributions[index]!,
        }))
        .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
      exact,
    },
  };
}
