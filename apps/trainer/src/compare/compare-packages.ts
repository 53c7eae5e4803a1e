import type { ModelPackage } from '@assay/model-registry';
import { AssayError, type ModelManifest } from '@assay/schema';
import type { LabelledInput } from '../data/labelled-input.ts';
import type { Scores } from '../metrics/scores.ts';
import type { Output } from '../output.ts';
import { compareScores, type Comparison } from './compare-scores.ts';
import { unseenScores } from './unseen-scores.ts';

/**
 * Asks two packages about the same inputs and compares them. Inputs that one of them has been trained on are for the caller to leave out,
 * but for those of a test part that weights were trained anew on (`unseenScores`).
 *
 * @param inputs with the labels of the first
 * @throws AssayError `invalid-package` where the packages do not have the same labels
 */
export async function comparePackages(
  [first, second]: readonly [ModelPackage, ModelPackage],
  inputs: readonly LabelledInput[],
  options: { source: string; metric: string; seed: number; output: Output },
): Promise<Comparison> {
  const { labels, positiveLabel, ordinal } = first.manifest;
  const columns = labels.map((label) => second.manifest.labels.indexOf(label));
  if (columns.includes(-1) || columns.length !== second.manifest.labels.length)
    throw new AssayError(
      'invalid-package',
      `${nameOf(first.manifest)} and ${nameOf(second.manifest)} do not have the same labels: ` +
        `${labels.join(', ')} and ${second.manifest.labels.join(', ')}.`,
    );
  const before = await unseenScores(first, inputs, options);
  const after = await unseenScores(second, inputs, options);
  return compareScores([before, reordered(after, columns)], {
    positive: positiveLabel === undefined ? undefined : labels.indexOf(positiveLabel),
    ordinal,
    metric: options.metric,
    seed: options.seed,
  });
}

/** `name@version`. */
export function nameOf({ name, version }: Pick<ModelManifest, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

/** The truth is in the first model's order already. */
function reordered({ probabilities, labels, classes }: Scores, columns: readonly number[]): Scores {
  return {
    probabilities: Float64Array.from(
      probabilities,
      (_, at) => probabilities[at - (at % classes) + columns[at % classes]!]!,
    ),
    labels,
    classes,
  };
}
