import type { Metrics } from '@assay/service-kit';

/**
 * What became of an event. Each is once `published` (at the first attempt), `pending` (laid into the outbox) or `dropped`; a pending one
 * is `retried` when the bus has it at last.
 */
export type DeliveryOutcome = 'published' | 'pending' | 'retried' | 'dropped';

export interface DeliveryMetrics {
  count(outcome: DeliveryOutcome): void;
}

/** @param waiting gives the events in the outbox, whenever metrics are read */
export function createDeliveryMetrics(metrics: Metrics, waiting: () => number): DeliveryMetrics {
  const events = metrics.counter({
    name: 'prediction_log_events_total',
    help: 'Events by what became of them: published at once, pending in the outbox, retried from there, dropped',
    labelNames: ['outcome'],
  });
  for (const outcome of ['published', 'pending', 'retried', 'dropped']) events.inc({ outcome }, 0);
  metrics.gauge({
    name: 'prediction_log_outbox_events',
    help: 'Events that wait in the outbox',
    collect() {
      this.set(waiting());
    },
  });
  return { count: (outcome) => events.inc({ outcome }) };
}
