import type { Explainer } from '@assay/explanation';
import type { ModelPackage } from '@assay/model-registry';
import type { Classifier } from '@assay/prediction';
import { AssayError } from '@assay/schema';
import type { ProjectedModel } from './log/describe-model.ts';

/** A model that answers requests. */
export interface LoadedModel {
  readonly package: ModelPackage;
  readonly classifier: Classifier;
  /** Of the classifier. */
  readonly explainer: Explainer;
  /** For the prediction log. */
  readonly logged: ProjectedModel;
}

/** A model in use: it is not closed until the lease is given back, even if another takes its place meanwhile. */
export interface ModelLease extends Disposable {
  readonly model: LoadedModel;
}

/** A version that is not served. */
export interface Refusal {
  /** Left out where not even that is known. */
  readonly version?: string;
  /** Why, in words for the outside. */
  readonly reason: string;
}

/** The models of this service, by name. */
export interface ServedModels {
  /** The model of requests that name none. */
  readonly defaultName: string;
  readonly loaded: readonly LoadedModel[];
  /** Models none of whose versions is served, by name. */
  readonly failures: ReadonlyMap<string, Refusal>;
  /** Champions that were refused while an earlier version is served, by name. */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** Predictions that are worked on or wait. */
  readonly depth: number;
  /** Why a model that was served cannot answer any more; undefined while all can. */
  breakdown(): string | undefined;
  /** Serves a model; one of the same name answers what it has begun and is closed. */
  serve(model: LoadedModel): void;
  /** Notes that a champion is not served; what was served of its name stays. */
  refuse(name: string, refusal: Refusal): void;
  /** Forgets a refusal: the champion is what is served again. */
  accept(name: string): void;
  /**
   * @param name the default model where absent
   * @param version whichever is served where absent
   * @throws AssayError `unknown-model` or `unknown-version`, saying what there is; `not-ready` for a model that did
   *   not load
   */
  find(name?: string, version?: string): LoadedModel;
  /** {@link find}, to work with the model. @throws AssayError as {@link find} */
  lease(name?: string, version?: string): ModelLease;
  /** Closes all, once they have answered what they began. */
  close(): Promise<void>;
}

interface Entry {
  readonly model: LoadedModel;
  leases: number;
}

/** @param isLoading whether a name that is not known may become so in a moment */
export function createServedModels(
  defaultName: string,
  isLoading: () => boolean = () => false,
): ServedModels {
  const entries = new Map<string, Entry>();
  /** Models that are not served any more, until they are closed. */
  const retired = new Map<Entry, PromiseWithResolvers<undefined>>();
  const failures = new Map<string, Refusal>();
  const refusals = new Map<string, Refusal>();

  const closeIfUnused = (entry: Entry) => {
    const closed = retired.get(entry);
    if (closed === undefined || entry.leases > 0) return;
    retired.delete(entry);
    entry.model.classifier.close().then(() => closed.resolve(undefined), closed.reject);
  };
  const retire = (entry: Entry) => {
    const closed = Promise.withResolvers<undefined>();
    // Only whoever closes everything waits for it.
    closed.promise.catch(() => undefined);
    retired.set(entry, closed);
    closeIfUnused(entry);
    return closed.promise;
  };
  const entryOf = (name = defaultName, version?: string): Entry => {
    const entry = entries.get(name);
    const failure = failures.get(name);
    if (failure !== undefined)
      throw new AssayError('not-ready', `Model "${name}" is not served: ${failure.reason}`);
    if (entry === undefined && isLoading())
      throw new AssayError(
        'not-ready',
        `Models are being loaded, "${name}" may be among them: ask again in a moment.`,
      );
    if (entry === undefined) throw unknownModel(name, [...entries.keys()]);
    const served = entry.model.package.version;
    if (version === undefined || version === served) return entry;
    throw new AssayError(
      'unknown-version',
      `Model "${name}" is served in version ${served} (its champion); received "${version}".`,
      { extensions: { versions: [served] } },
    );
  };

  return {
    defaultName,
    failures,
    refusals,
    get loaded() {
      return [...entries.values()]
        .map(({ model }) => model)
        .sort((a, b) => (a.package.name < b.package.name ? -1 : 1));
    },
    get depth() {
      const all = [...entries.values(), ...retired.keys()];
      return all.reduce((sum, { model }) => sum + model.classifier.depth, 0);
    },
    breakdown() {
      for (const [name, { model }] of entries)
        if (model.classifier.failure !== undefined)
          return `model "${name}": ${model.classifier.failure.message}`;
      return undefined;
    },
    serve(model) {
      const { name } = model.package;
      const before = entries.get(name);
      entries.set(name, { model, leases: 0 });
      failures.delete(name);
      refusals.delete(name);
      if (before !== undefined) void retire(before);
    },
    refuse(name, refusal) {
      (entries.has(name) ? refusals : failures).set(name, refusal);
    },
    accept: (name) => void refusals.delete(name),
    find: (name, version) => entryOf(name, version).model,
    lease(name, version) {
      const entry = entryOf(name, version);
      entry.leases++;
      let isGivenBack = false;
      return {
        model: entry.model,
        [Symbol.dispose]() {
          if (isGivenBack) return;
          isGivenBack = true;
          entry.leases--;
          closeIfUnused(entry);
        },
      };
    },
    async close() {
      const before = [...retired.values()].map(({ promise }) => promise);
      const current = [...entries.values()];
      entries.clear();
      await Promise.all([...before, ...current.map(retire)]);
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
