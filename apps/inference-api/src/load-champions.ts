import { createExplainer } from '@assay/explanation';
import type { ModelPackage, Registry } from '@assay/model-registry';
import type { Classifier } from '@assay/prediction';
import { AssayError } from '@assay/schema';
import type { Logger } from '@assay/service-kit';
import type { ServedModels } from './served-models.ts';

export interface LoadOptions {
  readonly registry: Registry;
  readonly models: ServedModels;
  readonly logger: Logger;
  open(model: ModelPackage): Promise<Classifier>;
}

/**
 * Brings the champion of every model into service. A model is added only after a first run and after its package
 * gave the golden answers; one that fails is noted with its reason and the others are served.
 *
 * @throws AssayError `not-ready` that says what is wrong, unless at least one model is served and none failed
 */
export async function loadChampions({ registry, models, logger, open }: LoadOptions): Promise<void> {
  const names = await registry.names();
  await Promise.all(
    names.map(async (name) => {
      try {
        if ((await registry.alias(name, 'champion')) === undefined) {
          logger.warn({ model: name }, `model "${name}" has no champion and is not served`);
          return;
        }
        const model = await registry.resolve(name);
        const classifier = await openChecked(model, open);
        models.add({ package: model, classifier, explainer: createExplainer(model, classifier) });
        logger.info({ model: name, version: model.version }, `serving ${name}@${model.version}`);
      } catch (error) {
        models.fail(name, reasonOf(error));
        logger.error({ err: error, model: name }, `model "${name}" is not served`);
      }
    }),
  );
  const failures = [...models.failures].map(([name, reason]) => `model "${name}": ${reason}`);
  if (failures.length > 0) throw new AssayError('not-ready', failures.join('; '));
  if (models.loaded.length === 0)
    throw new AssayError('not-ready', 'the registry (MODEL_REGISTRY) has no champion to serve.');
  if (models.loaded.every((model) => model.package.name !== models.defaultName))
    logger.warn(`DEFAULT_MODEL "${models.defaultName}" is not in the registry: requests must name a model`);
}

async function openChecked(model: ModelPackage, open: LoadOptions['open']): Promise<Classifier> {
  const classifier = await open(model);
  try {
    await classifier.warmUp();
    await classifier.checkGolden();
    return classifier;
  } catch (error) {
    await classifier.close();
    throw error;
  }
}

/** Why a model is not served, in words for the outside: without the paths that are in the log. */
function reasonOf(error: unknown): string {
  if (!(error instanceof AssayError)) return 'the fault was logged at start-up.';
  const { faults } = error.extensions;
  return Array.isArray(faults) ? `the package is not intact: ${faults.join('; ')}` : error.message;
}
