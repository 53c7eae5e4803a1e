import { openRegistry } from '@assay/model-registry';
import { openClassifier } from '@assay/prediction';
import { AssayError } from '@assay/schema';
import { createHealth, createLogger, createMetrics, listen, type ShutdownOptions } from '@assay/service-kit';
import { buildApp } from './build-app.ts';
import type { Config } from './config.ts';
import { loadChampions } from './load-champions.ts';
import { createServedModels } from './served-models.ts';

/** A service that listens; what shutting it down needs, and when start-up ends. */
export interface StartedService extends ShutdownOptions {
  /** Fulfilled once `/ready` says how start-up ended, well or badly. */
  readonly settled: Promise<void>;
}

/**
 * Listens, then loads the models: `/live` answers at once, `/ready` when every model gave its golden answers. A
 * package that is broken leaves the service up and not ready, with the reason in `/ready` and in the log.
 *
 * @throws AssayError `invalid-configuration` where the port cannot be had
 */
export async function start(config: Config): Promise<StartedService> {
  const { logLevel: level, project, queueLimit } = config;
  const logger = createLogger({ service: 'inference-api', level, project });
  const models = createServedModels(config.defaultModel);
  const health = createHealth(() => models.breakdown());
  const app = buildApp({
    models,
    logger,
    health,
    metrics: createMetrics(),
    limits: config.limits,
  });
  const server = await listen(app, config);
  logger.info({ port: server.port }, `listening on ${server.url}`);
  const settled = loadChampions({
    registry: openRegistry(config.registry),
    models,
    logger,
    open: (model) =>
      openClassifier(model, {
        workers: model.name === config.defaultModel ? config.workers : config.otherWorkers,
        queueLimit,
        limits: { maxPixels: config.maxInputPixels },
        ...(config.optimisedModels === undefined
          ? {}
          : { session: { optimisedGraphs: config.optimisedModels } }),
      }),
  }).then(
    () => {
      health.ready();
      logger.info(`ready ${(performance.now() / 1000).toFixed(2)} s after the process began`);
    },
    (error: unknown) => {
      health.fail(error instanceof AssayError ? error.message : 'the fault was logged at start-up.');
      logger.error({ err: error }, 'not ready');
    },
  );
  const release = async () => {
    await settled;
    await models.close();
  };
  return { server, health, logger, settled, release };
}
