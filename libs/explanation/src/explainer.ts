import { readFile } from 'node:fs/promises';
import type { ModelPackage } from '@assay/model-registry';
import type { Classifier, ClassifierInput } from '@assay/prediction';
import { AssayError, type ExplanationMethod } from '@assay/schema';
import { explainByActivation } from './by-activation.ts';
import { explainRow } from './by-contributions.ts';
import { explainByPerturbation } from './by-perturbation.ts';
import { readCamHead, type CamHead } from './cam-head.ts';
import type { Explained, ExplainOptions } from './question.ts';

/** Explains the answers of one classifier. */
export interface Explainer {
  /**
   * What this model offers, best first: images `cam` (where its head is linear in its feature maps), `occlusion` and
   * `rise`; named numbers `contributions`.
   */
  methods(): Promise<readonly ExplanationMethod[]>;
  /**
   * Answers an input as the classifier does, and explains the answer. `cam` needs no further run of the model,
   * `contributions` one or a few of a row, `occlusion` up to 49 and `rise` 200 of each view.
   *
   * @throws AssayError `invalid-query` for a method or label that this model does not have; else as the classifier
   */
  explain(input: ClassifierInput, options?: ExplainOptions): Promise<Explained>;
  /** @throws AssayError `invalid-query` as `explain`, before there is an input */
  check(options: Pick<ExplainOptions, 'method' | 'label'>): Promise<ExplanationMethod>;
}

/**
 * The explainer of a classifier. The model's file is read when the first question about it comes, not before.
 *
 * @param model the package that the classifier was opened with
 */
export function createExplainer(model: ModelPackage, classifier: Classifier): Explainer {
  const { manifest, variant } = classifier;
  let reading: Promise<CamHead | undefined> | undefined;
  const readHead = () => (reading ??= findHead(model, classifier));

  const methods = async (): Promise<readonly ExplanationMethod[]> => {
    if (manifest.preprocessing.kind === 'tabular') return ['contributions'];
    return (await readHead()) === undefined ? ['occlusion', 'rise'] : ['cam', 'occlusion', 'rise'];
  };
  const check: Explainer['check'] = async ({ method, label }) => {
    const offered = await methods();
    const [best] = offered as readonly [ExplanationMethod];
    if (method !== undefined && !offered.includes(method))
      throw refused(`${model.name} offers ${offered.join(', ')} to explain an answer; received "${method}".`);
    if (label !== undefined && !manifest.labels.includes(label))
      throw refused(`"${label}" is not one of the labels: ${manifest.labels.join(', ')}.`);
    return method ?? best;
  };

  return {
    methods,
    check,
    async explain(input, options = {}) {
      const method = await check(options);
      const question = { classifier, input, options };
      if (method === 'contributions') return explainRow(question);
      if (method !== 'cam') return explainByPerturbation(question, method);
      return explainByActivation(question, (await readHead())!);
    },
  };

  function refused(detail: string): AssayError {
    return new AssayError('invalid-query', detail, { extensions: { model: model.name, variant } });
  }
}

async function findHead(
  model: ModelPackage,
  { manifest, variant }: Classifier,
): Promise<CamHead | undefined> {
  const head = readCamHead(await readFile(model.modelPath(variant)), manifest.output.logits);
  if (head === undefined && manifest.explanation.method === 'cam')
    throw new AssayError(
      'invalid-package',
      `${model.name}@${model.version} says that its answers are explained by class activation maps; its graph has no linear head on a feature map that is an output.`,
    );
  return head;
}
