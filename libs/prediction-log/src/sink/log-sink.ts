import { randomBytes } from 'node:crypto';
import type { Delivery, EventBus, Subscription } from '@assay/event-bus';
import type { ObjectStore } from '@assay/object-store';
import type { AssayError } from '@assay/schema';
import { logTopics, type LogTopic } from '../layout/log-object.ts';
import { hourOf } from '../layout/window.ts';
import { newBatch, type Batch } from './batch.ts';
import { writeBatch } from './write-batch.ts';

/** When a batch becomes an object: at whichever of these comes first. */
export interface SinkLimits {
  /** UTF-8 bytes. Default 8 MiB. */
  bytes: number;
  /** Events. Default 10 000. */
  count: number;
  /** Since its first event, milliseconds. Default 60 000. */
  ageMs: number;
}

export interface LogSinkOptions {
  bus: EventBus;
  store: ObjectStore;
  /** Part of the names of its objects, lower-case letters and digits. Default: eight random hex digits, other ones for each process. */
  writer?: string;
  /** Of the bus. All sinks of one log share it. Default `log-sink`. */
  subscription?: string;
  limits?: Partial<SinkLimits>;
  /** Hears of each object that is durable. */
  onWritten?: (written: { topic: LogTopic; events: number; bytes: number }) => void;
  /** Hears of each attempt that failed; nothing is lost by it. Default: a warning of the process. */
  onError?: (error: AssayError) => void;
  /** The time in milliseconds since 1970, by which batches age. Default `Date.now`. */
  now?: () => number;
}

/** Events of the topics `predictions` and `feedback` on their way from the bus into the log. */
export interface LogSink {
  /** Writes what has come so far, and resolves when it is durable. */
  flush(): Promise<void>;
  /** Takes no more, writes what has come, and resolves when each delivery is settled. What cannot be written at the first attempt is given back to the bus. */
  close(): Promise<void>;
}

const LIMITS: SinkLimits = { bytes: 8 * 1024 * 1024, count: 10_000, ageMs: 60_000 };

/** How many full batches may be in memory, being filled or written; beyond it the bus hands out nothing. */
const BATCHES_IN_MEMORY = 4;

/** Starts the sink. It files each event under the hour in which it happened, however late it comes. */
export function startLogSink(options: LogSinkOptions): LogSink {
  const closing = new AbortController();
  const topics = logTopics.map((topic) => sinkTopic(topic, options, closing.signal));
  let closed: Promise<void> | undefined;
  return {
    flush: async () => {
      await Promise.all(topics.map((topic) => topic.flush()));
    },
    close: () =>
      (closed ??= (async () => {
        const drained = Promise.all(topics.map(({ subscription }) => subscription.drain()));
        closing.abort();
        for (const topic of topics) topic.close();
        await drained;
      })()),
  };
}

function sinkTopic(topic: LogTopic, options: LogSinkOptions, closing: AbortSignal) {
  const { bus, store, writer = randomBytes(4).toString('hex'), now = Date.now } = options;
  const limits = { ...LIMITS, ...options.limits };
  const onError = options.onError ?? ((error: AssayError) => process.emitWarning(error));
  const open = new Map<number, Batch>();
  const writing = new Set<Promise<unknown>>();
  let sequence = 0;
  let held = { bytes: 0, count: 0 };

  const target = {
    store,
    topic,
    nextName: () => `${writer}-${String(sequence++).padStart(6, '0')}`,
    closing,
    onError,
    random: Math.random,
  };

  const write = (batch: Batch) => {
    open.delete(batch.hour);
    held = { bytes: held.bytes - batch.bytes, count: held.count - batch.count };
    const { count: events, bytes } = batch;
    const written = writeBatch(batch, target).then((durable) => {
      writing.delete(written);
      if (durable) options.onWritten?.({ topic, events, bytes });
    });
    writing.add(written);
  };

  const writeAll = async () => {
    for (const batch of [...open.values()]) write(batch);
    await Promise.all(writing);
  };

  const take = (delivery: Delivery) => {
    const hour = hourOf(Date.parse(delivery.event.time));
    const batch = open.get(hour) ?? newBatch(hour, now());
    open.set(hour, batch);
    const before = batch.bytes;
    batch.add(delivery);
    held = { bytes: held.bytes + batch.bytes - before, count: held.count + 1 };
    if (batch.bytes >= limits.bytes || batch.count >= limits.count) write(batch);
    // Events of many hours, a backlog: full together where none is alone.
    else if (held.bytes >= 2 * limits.bytes || held.count >= 2 * limits.count)
      for (const one of [...open.values()]) write(one);
  };

  const subscription: Subscription = bus.subscribe(topic, options.subscription ?? 'log-sink', {
    handler: take,
    maxOutstanding: BATCHES_IN_MEMORY * limits.count,
    maxHoldMs: 10 * limits.ageMs,
  });

  const timer = setInterval(
    () => {
      for (const batch of [...open.values()]) if (now() - batch.opened >= limits.ageMs) write(batch);
    },
    Math.max(10, limits.ageMs / 20),
  );

  return {
    subscription,
    flush: writeAll,
    close: () => {
      clearInterval(timer);
      void writeAll();
    },
  };
}
