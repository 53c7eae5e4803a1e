import { AssayError, type CloudEvent } from '@assay/schema';
import { backoff, type Logger } from '@assay/service-kit';
import type { BusConnection } from './bus-connection.ts';
import type { DeliveryMetrics } from './delivery-metrics.ts';
import { createDropReport } from './drop-report.ts';
import type { Outbox } from './outbox.ts';
import { withinTime } from './within-time.ts';

/** Where an event is: on the bus, in the outbox, or lost. */
export type Delivered = 'published' | 'pending' | 'dropped';

/** Brings events to the bus; what it does not take in time waits in an outbox. */
export interface Delivery {
  /** Never rejects. Takes hardly longer than the time limit. */
  deliver(event: CloudEvent): Promise<Delivered>;
  /** Sends what is under way and, if the bus takes it, what waits; what is left stays in the outbox for the next start. */
  close(): Promise<void>;
}

export interface DeliveryOptions {
  readonly bus: BusConnection;
  readonly outbox: Outbox;
  readonly metrics: DeliveryMetrics;
  readonly logger: Logger;
  /** How long the bus is waited for before an event goes to the outbox, milliseconds. */
  readonly timeoutMs: number;
}

/** Events that may be on their way to the bus at once; further ones go to the outbox, as memory is bounded. */
const MOST_UNDER_WAY = 2000;
/** Events that are sent from the outbox at once. */
const BATCH = 100;
/** How long the bus is waited for when nobody waits for the answer, milliseconds. */
const PATIENCE_MS = 5000;
/** Between attempts to send what waits, milliseconds. */
const RETRYING = { firstMs: 100, longestMs: 10_000 };
/** How long {@link Delivery.close} goes on sending what waits, milliseconds: the service has 8 s for all of its end. */
const FLUSH_MS = 4000;

/**
 * An event that the bus did not take in time goes to the outbox, and so do all that follow, without a wait, until the bus took one from
 * there: a bus that is down costs the time limit once and not each caller.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { bus, outbox, metrics, logger, timeoutMs } = options;
  const drops = createDropReport(logger);
  const pause = backoff(RETRYING);
  const closing = new AbortController();
  const underWay = new Set<Promise<Delivered>>();
  let isDown = false;
  let forwarding: Promise<void> | undefined;

  const drop = (reason: unknown): Delivered => {
    metrics.count('dropped');
    drops.dropped(reason);
    return 'dropped';
  };

  const markDown = (error: unknown) => {
    if (!isDown) logger.warn({ err: error }, 'the event bus takes no events; they wait in the outbox');
    isDown = true;
  };

  const spool = (event: CloudEvent): Delivered => {
    try {
      outbox.put(event);
    } catch (error) {
      return drop(error);
    }
    metrics.count('pending');
    forwarding ??= forward();
    return 'pending';
  };

  const settle = (event: CloudEvent) => {
    if (outbox.remove(event)) metrics.count('retried');
  };

  const send = async (event: CloudEvent): Promise<Delivered> => {
    if (isDown || underWay.size >= MOST_UNDER_WAY) return spool(event);
    const sending = bus.publish(event);
    try {
      await withinTime(sending, timeoutMs);
      metrics.count('published');
      return 'published';
    } catch (error) {
      if (isHopeless(error)) return drop(error);
      markDown(error);
      // It may arrive all the same: then it need not be sent again. Where it cannot be removed it is, and counted once by its id.
      sending.then(() => settle(event)).catch(() => undefined);
      return spool(event);
    }
  };

  const sendAgain = async (event: CloudEvent): Promise<void> => {
    try {
      await withinTime(bus.publish(event), PATIENCE_MS);
    } catch (error) {
      if (!isHopeless(error)) throw error;
      if (outbox.remove(event)) drop(error);
      return;
    }
    settle(event);
  };

  /** Sends the oldest events that wait. @throws the first failure, once all have ended */
  const sendOldest = async (limit: number): Promise<void> => {
    const outcomes = await Promise.allSettled(outbox.oldest(limit).map(sendAgain));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    isDown = false;
  };

  /** Until nothing waits any more: one event to see whether the bus is there, then many. */
  const forward = async (): Promise<void> => {
    let limit = 1;
    while (!closing.signal.aborted) {
      try {
        if (outbox.size === 0) break;
        await sendOldest(limit);
        limit = BATCH;
        pause.reset();
      } catch (error) {
        markDown(error);
        limit = 1;
        await pause.wait(closing.signal);
      }
    }
    forwarding = undefined;
  };

  // What an earlier process left behind.
  if (outbox.size > 0) forwarding = forward();

  return {
    async deliver(event) {
      const sent = send(event);
      underWay.add(sent);
      try {
        return await sent;
      } finally {
        underWay.delete(sent);
      }
    },
    async close() {
      await Promise.all(underWay);
      closing.abort();
      await forwarding;
      const end = performance.now() + FLUSH_MS;
      try {
        while (outbox.size > 0 && performance.now() < end)
          await withinTime(sendOldest(BATCH), end - performance.now());
      } catch (error) {
        logger.warn({ err: error }, 'the event bus takes no events');
      }
      if (outbox.size > 0)
        logger.warn({ events: outbox.size }, `${outbox.size} events wait in the outbox for the next start`);
      drops.close();
    },
  };
}

/** Whether the event itself is at fault: no attempt will ever succeed. */
function isHopeless(error: unknown): boolean {
  return error instanceof AssayError && error.code === 'invalid-event';
}
