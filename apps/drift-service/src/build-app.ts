import type { PushReceiver } from '@assay/event-bus';
import { createServiceApp, type Health, type Logger, type Metrics } from '@assay/service-kit';
import type { Express } from 'express';
import manifest from '../package.json' with { type: 'json' };
import type { LogAccess } from './log/log-access.ts';
import { eventsRoute } from './routes/events-route.ts';
import { predictionListRoute } from './routes/prediction-list-route.ts';
import { predictionRoute } from './routes/prediction-route.ts';
import { streamRoute } from './routes/stream-route.ts';
import { trafficRoute } from './routes/traffic-route.ts';
import type { Feed } from './stream/feed.ts';
import type { Streams } from './stream/streams.ts';

export interface AppDependencies {
  readonly log: LogAccess;
  readonly feed: Feed;
  readonly streams: Streams;
  /** Takes what is pushed; absent where nothing is. */
  readonly receiver?: PushReceiver | undefined;
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
}

/** The drift service as an Express app; does not listen. */
export function buildApp(dependencies: AppDependencies): Express {
  const { log, feed, streams, receiver, logger, health, metrics } = dependencies;
  return createServiceApp({
    info: {
      title: 'Assay drift service',
      version: manifest.version,
      description:
        'What was predicted, on what kind of input, by which model, and what turned out to be true.',
    },
    logger,
    health,
    metrics,
    routes: [
      predictionListRoute(log),
      // Before {id}, which would take its address.
      streamRoute({ log, feed, streams }),
      predictionRoute(log),
      trafficRoute(log),
      ...(receiver === undefined ? [] : [eventsRoute(receiver)]),
    ],
  });
}
