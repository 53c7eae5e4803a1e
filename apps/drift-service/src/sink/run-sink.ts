import type { EventBus } from '@assay/event-bus';
import type { ObjectStore } from '@assay/object-store';
import { startLogSink, type LogSink } from '@assay/prediction-log';
import type { CloudEvent } from '@assay/schema';
import type { Connection, Logger, Metrics } from '@assay/service-kit';
import type { Holder } from './freshener.ts';
import { tapBus } from './tap-bus.ts';

/** The log sink of this service, which begins as soon as the bus is open. */
export interface RunningSink extends Holder {
  /** Why nothing is written at the moment, for people; `undefined` when all is well. */
  readonly fault: string | undefined;
  /** Takes no more, and writes what has come; what cannot be written at once stays on the bus. */
  close(): Promise<void>;
}

export interface RunSinkOptions {
  readonly bus: Connection<EventBus>;
  readonly store: ObjectStore;
  /** After which time little is written. Milliseconds. */
  readonly ageMs: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Hears of each event that comes, again when it comes again. */
  hear(event: CloudEvent): void;
}

export function runSink({ bus, store, ageMs, metrics, logger, hear }: RunSinkOptions): RunningSink {
  const events = metrics.counter({
    name: 'log_sink_events_total',
    help: 'Events that were written to the log, durably',
    labelNames: ['topic'],
  });
  const objects = metrics.counter({
    name: 'log_sink_objects_total',
    help: 'Objects that were written to the log',
    labelNames: ['topic'],
  });
  const failures = metrics.counter({
    name: 'log_sink_failures_total',
    help: 'Attempts to write an object that failed; each is made again',
  });
  let sink: LogSink | undefined;
  let isClosing = false;
  let taken = 0;
  let fault: string | undefined;

  bus.whenOpen((opened) => {
    if (isClosing) return;
    sink = startLogSink({
      bus: tapBus(opened, (event) => {
        taken++;
        hear(event);
      }),
      store,
      limits: { ageMs },
      onWritten({ topic, events: count }) {
        fault = undefined;
        events.inc({ topic }, count);
        objects.inc({ topic });
      },
      onError(error) {
        fault = error.message;
        failures.inc();
        logger.error({ err: error }, error.message);
      },
    });
  });

  return {
    get fault() {
      return fault;
    },
    get taken() {
      return taken;
    },
    async flush() {
      await sink?.flush();
    },
    async close() {
      isClosing = true;
      await sink?.close();
    },
  };
}
