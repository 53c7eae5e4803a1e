import { createExplainer } from '@assay/explanation';
import type { ModelPackage } from '@assay/model-registry';
import type { Classifier } from '@assay/prediction';
import { AssayError } from '@assay/schema';
import { describeModel } from './log/describe-model.ts';
import type { LoadedModel } from './served-models.ts';

/** Loads a package's model into worker threads of its own. */
export type OpenClassifier = (model: ModelPackage) => Promise<Classifier>;

/**
 * Loads a model, sends a first input through it and compares its golden answers.
 *
 * @throws AssayError `invalid-package`, `invalid-model`: where it is not what it was packed as; nothing stays loaded then
 */
export async function openModel(model: ModelPackage, open: OpenClassifier): Promise<LoadedModel> {
  const classifier = await open(model);
  try {
    await classifier.warmUp();
    await classifier.checkGolden();
  } catch (error) {
    await classifier.close();
    throw error;
  }
  return {
    package: model,
    classifier,
    explainer: createExplainer(model, classifier),
    logged: describeModel(model, classifier),
  };
}

/** Why a model is not served, in words for the outside: without the paths that are in the log. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof AssayError)) return 'the fault was logged.';
  const { faults } = error.extensions;
  return Array.isArray(faults) ? `the package is not intact: ${faults.join('; ')}` : error.message;
}
