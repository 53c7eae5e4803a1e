import type { PushReceiver } from '@assay/event-bus';
import { createServiceApp, type Health, type Logger, type Metrics } from '@assay/service-kit';
import type { Express } from 'express';
import manifest from '../package.json' with { type: 'json' };
import type { AlertBook } from './alerts/alert-book.ts';
import type { LogAccess } from './log/log-access.ts';
import type { Reporting } from './reports/reporting.ts';
import { alertsRoute } from './routes/alerts-route.ts';
import { eventsRoute } from './routes/events-route.ts';
import { latestReportRoute } from './routes/latest-report-route.ts';
import { makeReportRoute } from './routes/make-report-route.ts';
import { predictionListRoute } from './routes/prediction-list-route.ts';
import { predictionRoute } from './routes/prediction-route.ts';
import { reportDiffRoute } from './routes/report-diff-route.ts';
import { reportListRoute } from './routes/report-list-route.ts';
import { reportPageRoute } from './routes/report-page-route.ts';
import { reportRoute } from './routes/report-route.ts';
import { streamRoute } from './routes/stream-route.ts';
import { trafficRoute } from './routes/traffic-route.ts';
import type { Feed } from './stream/feed.ts';
import type { Streams } from './stream/streams.ts';

export interface AppDependencies {
  readonly log: LogAccess;
  readonly feed: Feed;
  readonly streams: Streams;
  readonly reporting: Reporting;
  readonly alerts: AlertBook;
  /** Takes what is pushed; absent where nothing is. */
  readonly receiver?: PushReceiver | undefined;
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
}

/** The drift service as an Express app; does not listen. */
export function buildApp(dependencies: AppDependencies): Express {
  const { log, feed, streams, reporting, alerts, receiver, logger, health, metrics } = dependencies;
  return createServiceApp({
    info: {
      title: 'Assay drift service',
      version: manifest.version,
      description:
        'What was predicted, on what kind of input, by which model, and what turned out to be true; and whether the world has drifted away from what the models know.',
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
      makeReportRoute(reporting),
      reportListRoute(reporting),
      // Before {id}, as above.
      latestReportRoute(reporting),
      reportPageRoute(reporting),
      reportRoute(reporting),
      reportDiffRoute(reporting),
      alertsRoute(alerts),
      ...(receiver === undefined ? [] : [eventsRoute(receiver)]),
    ],
  });
}
