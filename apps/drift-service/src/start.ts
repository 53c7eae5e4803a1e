import { openEventBus, openPushReceiver, type EventBus, type PushReceiverOptions } from '@assay/event-bus';
import { openObjectStore } from '@assay/object-store';
import { openPredictionLog, type PredictionLog } from '@assay/prediction-log';
import type { CloudEvent } from '@assay/schema';
import {
  connect,
  createHealth,
  createLogger,
  createMetrics,
  listen,
  type Connection,
  type Logger,
  type ShutdownOptions,
} from '@assay/service-kit';
import { buildApp } from './build-app.ts';
import type { Config } from './config.ts';
import { createLogAccess } from './log/log-access.ts';
import { recentFault, type RecentFault } from './recent-fault.ts';
import { openDrift } from './reports/open-drift.ts';
import { createFreshener } from './sink/freshener.ts';
import { runSink } from './sink/run-sink.ts';
import { createFeed, type Feed } from './stream/feed.ts';
import { followLog } from './stream/follow-log.ts';
import { createStreams } from './stream/streams.ts';
import { watchStore } from './watch-store.ts';

/** A service that listens, and what shutting it down needs. */
export type StartedService = ShutdownOptions;

/** What a service is given instead of what it would fetch itself. */
export type StartOptions = Pick<PushReceiverOptions, 'certificates'>;

/** Longer than the bus pauses between two attempts. Milliseconds. */
const BUS_FAULT_KEPT_MS = 60_000;

/**
 * Listens, begins to write the log where that is asked for, and answers from it. A bus or a bucket that cannot be reached
 * leaves the service up: `/ready` says why it is not, and it becomes ready by itself.
 *
 * @throws AssayError `invalid-configuration` where the port cannot be had or the bucket's URL names none
 */
export async function start(config: Config, options: StartOptions = {}): Promise<StartedService> {
  const { logLevel: level, project } = config;
  const { memoryBytes, cacheBytes, atATime } = config.queries;
  const logger = createLogger({ service: 'drift-service', level, project });
  const metrics = createMetrics();
  const store = await openObjectStore(config.objectStore);
  const watch = watchStore({ store, logger });
  const busFault = recentFault(BUS_FAULT_KEPT_MS);
  // For the sink, and to tell of reports.
  const bus = connectBus(config.eventBus, { logger, busFault });
  const heard = createFeed();
  const hear = (event: CloudEvent) => {
    if (event.type === 'assay.prediction.made.v1') heard.push(event.data);
  };
  const sink = config.sink.isOn
    ? runSink({ bus, store, ageMs: config.sink.ageMs, metrics, logger, hear })
    : undefined;
  // Who only tells the bus of reports goes on without it, and tells it later.
  const sinkFault = () => sink && (bus.fault ?? busFault.current ?? sink.fault);
  const health = createHealth(() => sinkFault() ?? watch.fault);
  const predictionLog = await openPredictionLog(store, { memoryBytes, cacheBytes });
  const receiver =
    config.push &&
    (await openPushReceiver({
      ...config.push,
      ...options,
      topic: 'predictions',
      handler({ event, ack }) {
        hear(event);
        ack();
      },
    }));
  // Neither taken off the bus nor pushed: what others write to the log is passed on.
  const isTold = sink !== undefined || receiver !== undefined;
  const feed = isTold ? heard : followed(heard, { predictionLog, logger });
  const freshen = sink === undefined ? async () => {} : createFreshener(sink);
  const log = createLogAccess({ log: predictionLog, freshen, atATime, metrics });
  const drift = openDrift({ config, store, predictionLog, bus, freshen, metrics, logger });
  const streams = createStreams(config.maxStreams, metrics);
  const release = async () => {
    await drift.close();
    await sink?.close();
    await bus.close();
    await predictionLog.close();
    watch.close();
  };
  const app = buildApp({ log, feed, streams, receiver, logger, health, metrics, ...drift });
  const server = await listen(app, config).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  logger.info({ port: server.port }, `listening on ${server.url}`);
  // From then on what fails is told as a fault; before, the service is starting.
  void Promise.all([watch.looked, sink && bus.attempted]).then(() => {
    health.ready();
    return drift.begin();
  });
  return {
    server: {
      ...server,
      async drain() {
        streams.close();
        // While answers are finished: the log must be written within the time that is left.
        await Promise.all([server.drain(), receiver?.drain(), sink?.close(), drift.close()]);
      },
    },
    health,
    logger,
    release,
  };
}

function connectBus(
  url: string,
  { logger, busFault }: { logger: Logger; busFault: RecentFault },
): Connection<EventBus> {
  return connect({
    what: 'the event bus (EVENT_BUS_URL)',
    logger,
    open: () =>
      openEventBus(url, {
        onError(error) {
          logger.error({ err: error }, error.message);
          if (error.code.startsWith('bus-')) busFault.tell(`the event bus (EVENT_BUS_URL): ${error.message}`);
        },
      }),
  });
}

/** A feed that tells of what comes into the log. */
function followed(
  feed: Feed,
  { predictionLog, logger }: { predictionLog: PredictionLog; logger: Logger },
): Feed {
  return followLog({
    feed,
    follow: (signal) => predictionLog.tail({ signal }),
    onError: (error) => logger.warn({ err: error }, 'the log cannot be followed; trying again'),
  });
}
