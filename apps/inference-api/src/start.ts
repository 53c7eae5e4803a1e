import { openEventBus, type EventBus } from '@assay/event-bus';
import { openRegistry } from '@assay/model-registry';
import { shareThreads } from '@assay/model-runtime';
import { openClassifier } from '@assay/prediction';
import type { AssayError } from '@assay/schema';
import { createHealth, createLogger, createMetrics, listen, type ShutdownOptions } from '@assay/service-kit';
import { buildApp } from './build-app.ts';
import { createChampions } from './champions.ts';
import { createChecks, trustAnchorsIn } from './checks.ts';
import type { Config } from './config.ts';
import { connectBus } from './delivery/bus-connection.ts';
import { followChampions } from './follow-champions.ts';
import { openLog } from './open-log.ts';
import { createServedModels, type ServedModels } from './served-models.ts';

/** A service that listens; what shutting it down needs, and when start-up ends. */
export interface StartedService extends ShutdownOptions {
  /** Fulfilled once `/ready` says how start-up ended, well or badly. */
  readonly settled: Promise<void>;
}

/** What a service is given instead of what it would open itself. */
export interface StartOptions {
  openBus?(url: string): Promise<EventBus>;
}

/**
 * Listens, then loads the models: `/live` answers at once, `/ready` when every model gave its golden answers. A
 * package that is broken leaves the service up and not ready, with the reason in `/ready` and in the log. From then on it
 * follows the registry: a new champion takes the place of the one before while requests go on.
 *
 * @throws AssayError `invalid-configuration` where the port cannot be had, or the trust anchors are no certificates
 */
export async function start(config: Config, options: StartOptions = {}): Promise<StartedService> {
  const { logLevel: level, project, queueLimit, eventBus } = config;
  const checks = createChecks(await trustAnchorsIn(config.trustAnchors));
  const logger = createLogger({ service: 'inference-api', level, project });
  const metrics = createMetrics();
  let isLoading = true;
  const models = createServedModels(config.defaultModel, () => isLoading);
  let misconfiguration: string | undefined;
  const health = createHealth(() => misconfiguration ?? models.breakdown());
  const onError = (error: AssayError) => logger.warn({ err: error }, 'the event bus has a fault');
  const openBus = options.openBus ?? ((url: string) => openEventBus(url, { onError }));
  const bus = connectBus({
    url: eventBus,
    logger,
    open: () => openBus(eventBus),
    onMisconfigured(error) {
      misconfiguration = `EVENT_BUS_URL: ${error.message}`;
    },
  });
  const opened = await openLog({ config, bus, metrics, logger });
  const close = async () => {
    await opened?.close();
    await bus.close();
  };
  const registry = openRegistry(config.registry);
  const app = buildApp({
    models,
    registry,
    logger,
    health,
    metrics,
    limits: config.limits,
    checks,
    log: opened?.log,
  });
  const server = await listen(app, config).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  logger.info({ port: server.port }, `listening on ${server.url}`);

  const otherThreads = shareThreads(config.otherWorkers);
  const champions = createChampions({
    registry,
    models,
    metrics,
    logger,
    open: (model) =>
      openClassifier(model, {
        ...(model.name === config.defaultModel
          ? { workers: config.workers }
          : { workers: config.otherWorkers, threads: otherThreads }),
        queueLimit,
        limits: { maxPixels: config.maxInputPixels },
        ...(config.optimisedModels === undefined
          ? {}
          : { session: { optimisedGraphs: config.optimisedModels } }),
      }),
  });
  const settle = async () => {
    try {
      await champions.loadAll();
    } catch (error) {
      health.fail('the fault was logged at start-up.');
      logger.error({ err: error }, 'not ready');
      return;
    } finally {
      isLoading = false;
    }
    const shortfall = shortfallOf(models);
    if (shortfall === undefined) {
      health.ready();
      logger.info(`ready ${(performance.now() / 1000).toFixed(2)} s after the process began`);
    } else {
      health.fail(shortfall);
      logger.error(`not ready: ${shortfall}`);
    }
    if (models.loaded.every((model) => model.package.name !== models.defaultName))
      logger.warn(`DEFAULT_MODEL "${models.defaultName}" is not in the registry: requests must name a model`);
  };
  const settled = settle();
  const following = settled.then(() =>
    followChampions({
      champions,
      bus,
      everyMs: config.modelPollMs,
      // A service that is ready stays so, whatever is promoted; one that is not may become it.
      onRefreshed: () => {
        if (health.current.state === 'failed' && shortfallOf(models) === undefined) health.ready();
      },
    }),
  );
  const release = async () => {
    await (await following).close();
    await close();
    await models.close();
  };
  return { server, health, logger, settled, release };
}

/** Why the service is not whole: models none of whose versions can be served, or none at all. */
function shortfallOf({ failures, loaded }: ServedModels): string | undefined {
  if (failures.size > 0)
    return [...failures].map(([name, { reason }]) => `model "${name}": ${reason}`).join('; ');
  return loaded.length > 0 ? undefined : 'the registry (MODEL_REGISTRY) has no champion to serve.';
}
