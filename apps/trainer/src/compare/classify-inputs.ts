import { availableParallelism } from 'node:os';
import type { ModelPackage, Variant } from '@assay/model-registry';
import { openClassifier } from '@assay/prediction';
import { AssayError, type Classification } from '@assay/schema';
import { forEachConcurrently } from '../data/concurrently.ts';
import { refuseFaults } from '../data/dataset-error.ts';
import type { ClassifierInput, LabelledInput } from '../data/labelled-input.ts';
import type { Scores } from '../metrics/scores.ts';
import type { Output } from '../output.ts';

/**
 * Asks a package about labelled inputs, along the very path that serves requests.
 *
 * @param options.source what faults are reported of
 * @returns calibrated probabilities in the order of the inputs, and the whole answers
 * @throws AssayError `invalid-dataset` that lists every input that cannot be answered
 */
export async function classifyInputs(
  model: ModelPackage,
  inputs: readonly LabelledInput[],
  options: { source: string; variant?: Variant | undefined; output: Output },
): Promise<{ scores: Scores; answers: Classification[] }> {
  const { labels } = model.manifest;
  const { source, variant, output } = options;
  const classifier = await openClassifier(model, {
    workers: availableParallelism(),
    ...(variant ? { variant } : {}),
  });
  const probabilities = new Float64Array(inputs.length * labels.length);
  const answers = new Array<Classification>(inputs.length);
  const faults: string[] = [];
  const progress = output.progress(`asking ${model.name}@${model.version}`, inputs.length);
  let done = 0;
  try {
    await forEachConcurrently(inputs, async ({ path, read }, index) => {
      try {
        const { answer } = await classifier.classify(known(await read(), model));
        answers[index] = answer;
        labels.forEach((label, at) => {
          probabilities[index * labels.length + at] = answer.probabilities[label] ?? 0;
        });
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
        faults.push(`${path}: ${error.message}`);
      }
      progress.update(++done);
    });
  } finally {
    progress.stop();
    await classifier.close();
  }
  refuseFaults(source, faults.sort());
  const truth = Int32Array.from(inputs, (input) => input.truth);
  return { scores: { probabilities, labels: truth, classes: labels.length }, answers };
}

/** A row without the columns that the model does not know: another model may need them. */
function known(input: ClassifierInput, { manifest: { preprocessing } }: ModelPackage): ClassifierInput {
  if (!('features' in input) || preprocessing.kind === 'image') return input;
  const names = new Set(preprocessing.features.map(({ name }) => name));
  return {
    features: Object.fromEntries(Object.entries(input.features).filter(([name]) => names.has(name))),
  };
}
