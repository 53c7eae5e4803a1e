import type { Registry } from '@assay/model-registry';
import type { Logger, Metrics } from '@assay/service-kit';
import { openModel, reasonOf, type OpenClassifier } from './open-model.ts';
import type { ServedModels } from './served-models.ts';

export interface ChampionsOptions {
  readonly registry: Registry;
  readonly models: ServedModels;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly open: OpenClassifier;
}

/** Brings the champions of a registry into service, and the service up with them when they change. */
export interface Champions {
  /** Every champion, one beside the other. One that fails is noted with its reason and the others are served. */
  loadAll(): Promise<void>;
  /**
   * Serves what is champion now: of one model, or of all. Champions that were refused are tried again only where they are
   * named. Calls take turns, as two models in loading would take the memory of two.
   */
  refresh(name?: string): Promise<void>;
}

/**
 * A version is served only after a first run and after its package gave the golden answers, in threads of its own; then it takes
 * the place of the one before, which answers what it has begun and is closed. Of a version that fails nothing stays but the reason.
 */
export function createChampions({ registry, models, metrics, logger, open }: ChampionsOptions): Champions {
  const loads = metrics.counter({
    name: 'model_loads_total',
    help: 'Versions of models that were loaded to be served, by outcome (served, refused)',
    labelNames: ['model', 'outcome'],
  });
  let turn: Promise<void> = Promise.resolve();

  const update = async (name: string, isNamed: boolean): Promise<void> => {
    let version: string | undefined;
    try {
      version = await registry.alias(name, 'champion');
      const served = models.loaded.find((model) => model.package.name === name)?.package.version;
      if (version === undefined) {
        if (served === undefined)
          logger.debug({ model: name }, `model "${name}" has no champion and is not served`);
        return;
      }
      if (version === served) {
        models.accept(name);
        return;
      }
      const refused = models.refusals.get(name) ?? models.failures.get(name);
      if (refused?.version === version && !isNamed) return;
      const started = performance.now();
      models.serve(await openModel(await registry.resolve(name, version), open));
      const place = served === undefined ? '' : ` in place of ${served}`;
      const seconds = ((performance.now() - started) / 1000).toFixed(2);
      logger.info({ model: name, version, seconds: Number(seconds) }, `serving ${name}@${version}${place}`);
      loads.inc({ model: name, outcome: 'served' });
    } catch (error) {
      const before = models.refusals.get(name) ?? models.failures.get(name);
      const reason = reasonOf(error);
      models.refuse(name, { ...(version === undefined ? {} : { version }), reason });
      // The same fault of the registry at every look is told once.
      if (before?.version === version && before?.reason === reason) return;
      logger.error({ err: error, model: name, version }, `champion of "${name}" is not served`);
      loads.inc({ model: name, outcome: 'refused' });
    }
  };

  return {
    async loadAll() {
      const names = await registry.names();
      await Promise.all(names.map((name) => update(name, false)));
    },
    refresh(name) {
      turn = turn.then(async () => {
        if (name !== undefined) return update(name, true);
        try {
          for (const each of await registry.names()) await update(each, false);
        } catch (error) {
          logger.error({ err: error }, 'the registry cannot be read');
        }
      });
      return turn;
    },
  };
}
