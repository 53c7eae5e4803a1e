import type { Explainer } from '@assay/explanation';
import type { ModelPackage } from '@assay/model-registry';
import type { Classifier } from '@assay/prediction';
import { AssayError } from '@assay/schema';

/** A model that answers requests. */
export interface LoadedModel {
  readonly package: ModelPackage;
  readonly classifier: Classifier;
  /** Of the classifier. */
  readonly explainer: Explainer;
}

/** The models of this service, by name. */
export interface ServedModels {
  /** The model of requests that name none. */
  readonly defaultName: string;
  readonly loaded: readonly LoadedModel[];
  /** Why models are not served, by name. */
  readonly failures: ReadonlyMap<string, string>;
  /** Predictions that are worked on or wait. */
  readonly depth: number;
  /** Why a model that was served cannot answer any more; undefined while all can. */
  breakdown(): string | undefined;
  add(model: LoadedModel): void;
  fail(name: string, reason: string): void;
  /**
   * @param name the default model where absent
   * @param version whichever is served where absent
   * @throws AssayError `unknown-model` or `unknown-version`, saying what there is; `not-ready` for a model that did
   *   not load
   */
  find(name?: string, version?: string): LoadedModel;
  close(): Promise<void>;
}

export function createServedModels(defaultName: string): ServedModels {
  const models = new Map<string, LoadedModel>();
  const failures = new Map<string, string>();
  return {
    defaultName,
    failures,
    get loaded() {
      return [...models.values()].sort((a, b) => (a.package.name < b.package.name ? -1 : 1));
    },
    get depth() {
      return [...models.values()].reduce((sum, { classifier }) => sum + classifier.depth, 0);
    },
    breakdown() {
      for (const [name, { classifier }] of models)
        if (classifier.failure !== undefined) return `model "${name}": ${classifier.failure.message}`;
      return undefined;
    },
    add: (model) => void models.set(model.package.name, model),
    fail: (name, reason) => void failures.set(name, reason),
    find(name = defaultName, version) {
      const model = models.get(name);
      const failure = failures.get(name);
      if (failure !== undefined)
        throw new AssayError('not-ready', `Model "${name}" is not served: ${failure}`);
      if (model === undefined) throw unknownModel(name, [...models.keys()]);
      if (version === undefined || version === model.package.version) return model;
      throw new AssayError(
        'unknown-version',
        `Model "${name}" is served in version ${model.package.version} (its champion); received "${version}".`,
        { extensions: { versions: [model.package.version] } },
      );
    },
    async close() {
      await Promise.all([...models.values()].map(({ classifier }) => classifier.close()));
    },
  };
}

function unknownModel(name: string, known: readonly string[]): AssayError {
  const there =
    known.length === 0 ? 'no model is served' : `this service has: ${[...known].sort().join(', ')}`;
  return new AssayError('unknown-model', `No model is named "${name}"; ${there}.`, {
    extensions: { models: known },
  });
}
