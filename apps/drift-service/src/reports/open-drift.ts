import { createReporter, openDriftWindows, openReportStore, type DriftWindows } from '@assay/drift-report';
import type { EventBus } from '@assay/event-bus';
import { openRegistry } from '@assay/model-registry';
import type { ObjectStore } from '@assay/object-store';
import type { PredictionLog } from '@assay/prediction-log';
import type { Connection, Logger, Metrics } from '@assay/service-kit';
import { createAlertBook, type AlertBook } from '../alerts/alert-book.ts';
import { createWebhook } from '../alerts/webhook.ts';
import type { Config } from '../config.ts';
import { createGate } from '../log/gate.ts';
import { createAnnouncer } from './announcer.ts';
import { publishReport } from './publish-report.ts';
import { createReportGauges } from './report-gauges.ts';
import { createHousekeeping } from './housekeeping.ts';
import { createReporting, type Reporting } from './reporting.ts';
import { startSchedule } from './schedule.ts';

/** Everything of this service that judges, and tells of it. */
export interface Drift {
  readonly reporting: Reporting;
  readonly alerts: AlertBook;
  /** Shows the latest reports, tells of what nobody was told of, and begins the schedule. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenDriftOptions {
  readonly config: Pick<Config, 'registry' | 'reports'>;
  readonly store: ObjectStore;
  readonly predictionLog: PredictionLog;
  readonly bus: Connection<EventBus>;
  /** Writes to the log what this process holds. */
  freshen(): Promise<void>;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** A report takes much of the memory there is: one at a time, and this many may wait. */
const IN_LINE = 32;

export function openDrift(options: OpenDriftOptions): Drift {
  const { config, store, predictionLog, bus, freshen, metrics, logger } = options;
  const { schedule, span, keepDays, webhook, publicUrl } = config.reports;
  const registry = openRegistry(config.registry);
  const reports = openReportStore(store);
  const gauges = createReportGauges(metrics);
  const notices = metrics.counter({
    name: 'drift_notices_total',
    help: 'What people were to be told of drift, by what became of it',
    labelNames: ['delivery'],
  });
  const duration = metrics.histogram({
    name: 'drift_report_seconds',
    help: 'Time that a new report took, from when its turn came',
    buckets: [0.1, 0.3, 1, 3, 10, 30, 100],
  });
  const closing = new AbortController();
  const alerts = createAlertBook({
    store,
    webhook:
      webhook === undefined ? undefined : createWebhook(webhook, { publicUrl, signal: closing.signal }),
    onDelivery: (delivery) => notices.inc({ delivery }),
  });
  const announcer = createAnnouncer({
    untold: reports.untold,
    find: reports.find,
    publish: (report) => publishReport(bus, report),
    show: gauges.show,
    alerts,
    logger,
  });
  const gate = createGate({ atATime: 1, inLine: IN_LINE });
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const leave = await gate.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
  const logged = openDriftWindows({ log: predictionLog, store, registry });
  const windows: DriftWindows = {
    async read(query) {
      await freshen();
      return logged.read(query);
    },
  };
  const housekeeping = createHousekeeping({ store, keepDays, logger, signal: closing.signal });
  const made = createReporting({
    reporter: createReporter({
      windows,
      registry,
      reports,
      store,
      inTurn: (work) =>
        inTurn(async () => {
          const stop = duration.startTimer();
          const done = await work();
          stop();
          return done;
        }),
    }),
    // Parity reads a window as well.
    windows: { read: (query) => inTurn(() => windows.read(query)) },
    reports,
    registry,
    announce: announcer.announce,
    span,
    logger,
  });
  const reporting: Reporting = {
    ...made,
    // Whoever calls for all reports does so every hour: here, or in the cloud.
    async makeAll(window) {
      const all = await made.makeAll(window);
      await housekeeping.tidy();
      return all;
    },
  };
  let scheduled: { close(): Promise<void> } | undefined;
  const showLatest = async () => {
    for (const model of await registry.names()) {
      const report = await reports.latest({ model });
      if (report !== undefined) gauges.show(report);
    }
  };

  return {
    reporting,
    alerts,
    async begin() {
      if (closing.signal.aborted) return;
      if (schedule !== undefined)
        scheduled = startSchedule(
          schedule,
          async () => {
            await reporting.makeAll(undefined);
          },
          (error) => logger.error({ err: error }, 'the drift reports of the schedule could not be made'),
        );
      await showLatest().catch((error: unknown) =>
        logger.warn({ err: error }, 'the gauges of drift are empty until the next report'),
      );
      await announcer.announce();
      bus.whenOpen(() => void announcer.announce());
    },
    async close() {
      closing.abort();
      await scheduled?.close();
      await announcer.close();
    },
  };
}
