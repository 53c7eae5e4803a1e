import type {
  LoggedPrediction,
  PageOptions,
  PredictionFilter,
  PredictionLog,
  TrafficOptions,
  Window,
} from '@assay/prediction-log';
import type { PredictionPage, PredictionRecord, RememberedPrediction, Traffic } from '@assay/schema';
import type { Metrics } from '@assay/service-kit';
import { createGate } from './gate.ts';
import { measureTraffic } from './traffic.ts';

/** What the routes ask of the log. Each method may throw AssayError `overloaded`, and what the log throws. */
export interface LogAccess {
  list(filter: PredictionFilter, page: PageOptions): Promise<PredictionPage>;
  /** @returns `undefined` where the log has no such prediction */
  find(id: string): Promise<RememberedPrediction | undefined>;
  traffic(options: TrafficOptions): Promise<Traffic>;
  /** The predictions of a window, earliest first. */
  records(window: Window): AsyncGenerator<PredictionRecord>;
}

export interface LogAccessOptions {
  readonly log: PredictionLog;
  /** Writes to the log what this process holds, before it is read. */
  freshen(): Promise<void>;
  /** How many looks into the log there may be at a time. */
  readonly atATime: number;
  readonly metrics: Metrics;
}

/** Looks that may wait for each that is under way. */
const IN_LINE = 16;

/** The log, as new as this process can make it, and not asked more at a time than it can answer. */
export function createLogAccess({ log, freshen, atATime, metrics }: LogAccessOptions): LogAccess {
  const gate = createGate({ atATime, inLine: IN_LINE * atATime });
  const duration = metrics.histogram({
    name: 'log_query_seconds',
    help: 'Looks into the prediction log, from when their turn came',
    labelNames: ['query'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
  });
  metrics.gauge({
    name: 'log_queries_waiting',
    help: 'Looks into the prediction log that wait for their turn',
    collect() {
      this.set(gate.waiting);
    },
  });

  const inTurn = async <T>(query: string, look: () => Promise<T>): Promise<T> => {
    const leave = await gate.enter();
    const stop = duration.startTimer({ query });
    try {
      await freshen();
      return await look();
    } finally {
      stop();
      leave();
    }
  };

  return {
    list: (filter, page) =>
      inTurn('list', async () => {
        const { predictions, nextPageToken } = await log.list(filter, page);
        return {
          predictions: predictions.map(remembered),
          ...(nextPageToken === undefined ? {} : { nextPageToken }),
        };
      }),
    find: (id) =>
      inTurn('find', async () => {
        const found = await log.find(id);
        return found && remembered(found);
      }),
    traffic: (options) => inTurn('traffic', () => measureTraffic(log, options)),
    async *records(window) {
      const leave = await gate.enter();
      try {
        await freshen();
        for await (const { prediction } of log.records(window)) yield prediction;
      } finally {
        leave();
      }
    },
  };
}

const remembered = ({ prediction, feedback }: LoggedPrediction): RememberedPrediction => ({
  ...prediction,
  feedback,
});
