import type { AssayError, CloudEvent, Topic } from '@assay/schema';

export interface PublishOptions {
  /** Events of one key reach each subscription in the order of publishing, one after the other is settled. At most 256 characters. */
  orderingKey?: string;
}

/** An event in the hands of a subscriber, until it is settled by {@link ack} or {@link nack}; settling again does nothing. */
export interface Delivery {
  readonly event: CloudEvent;
  readonly orderingKey?: string;
  /** 1 for the first time that the event is handed out to this subscription. */
  readonly attempt: number;
  /** Done with: it does not come again. Should the process die within a moment of it, it may. */
  ack(): void;
  /** Not done: it comes again after a pause that grows with each attempt, or is parked after the last one. */
  nack(): void;
  /** Lets it be held for at least `milliseconds` from now, where {@link SubscribeOptions.maxHoldMs} would end earlier. */
  extend(milliseconds: number): void;
}

export interface SubscribeOptions {
  /**
   * Takes a delivery, and settles it now or at any later time. An error, or a promise that rejects, is reported and means
   * `nack`. Must not wait for others: up to `maxOutstanding` deliveries are handed out without waiting for each other.
   */
  handler: (delivery: Delivery) => void | Promise<void>;
  /** How many deliveries may be unsettled at a time. Default 1000. */
  maxOutstanding?: number;
  /**
   * After which time a delivery that was neither settled nor extended counts as `nack`. Until then the bus is told again and
   * again that this process is alive. Milliseconds, default 600 000.
   */
  maxHoldMs?: number;
  /** How long {@link Subscription.drain} waits for deliveries to be settled. Milliseconds, default 5000. */
  drainMs?: number;
}

/** A subscriber at work. */
export interface Subscription {
  readonly topic: Topic;
  readonly name: string;
  /**
   * Ends it: nothing more is handed out from now on; resolves when all deliveries are settled and the bus knows it. Those
   * that are not settled within `drainMs` are given back, to come to another subscriber at once.
   */
  drain(): Promise<void>;
}

/** An event that was set aside for a subscription: nobody could handle it. */
export interface DeadLetter {
  /** As published. */
  readonly text: string;
  /** Why, in a sentence. */
  readonly reason: string;
  /** How often it was handed out. */
  readonly attempts: number;
  readonly parked: Date;
}

/**
 * Topics of events. Each subscription gets every event at least once, whoever else gets it: by name, so that the processes
 * that subscribe by one name share the work. Events are told apart by `source` and `id`.
 *
 * An event that this release does not understand (a newer version, damaged data) and one that failed at every attempt is
 * parked among the {@link deadLetters} of the subscription and not handed out again until {@link redrive}.
 *
 * Methods may reject with AssayError `bus-forbidden`, `bus-full`, `bus-damaged`, `bus-unavailable`, and `shutting-down` after `close`.
 */
export interface EventBus {
  /** Where it is, as it was opened. */
  readonly url: string;

  /**
   * Resolves when the event is on the disk. What is published at the same time becomes durable in one step: do not wait for
   * one before the next.
   *
   * @throws AssayError `invalid-event` if it is not of the topic, or not what its type promises.
   */
  publish(topic: Topic, event: CloudEvent, options?: PublishOptions): Promise<void>;

  /**
   * Begins to hand out what the subscription has not settled yet.
   *
   * @param name lower-case letters, digits and hyphens, the first a letter; 40 characters at most
   */
  subscribe(
    topic: Topic,
    name: string,
    handler: SubscribeOptions['handler'] | SubscribeOptions,
  ): Subscription;

  /** What is parked for a subscription, oldest first. Looking at it changes nothing. */
  deadLetters(topic: Topic, name: string): Promise<DeadLetter[]>;

  /** Hands out again what is parked, as if new. @returns How many events. */
  redrive(topic: Topic, name: string): Promise<number>;

  /** Drains every subscription, finishes what is being published, and lets go. */
  close(): Promise<void>;
}

/** When an event comes again, and how often. */
export interface DeliveryPolicy {
  /** How long after a process died its unsettled deliveries come to another. Milliseconds, 10 000 to 600 000 with Pub/Sub. */
  ackDeadlineMs: number;
  /** How often an event is handed out before it is parked. 5 to 50 with Pub/Sub. */
  maxAttempts: number;
  /** The pause after the first `nack`; it doubles with each. Milliseconds. */
  minBackoffMs: number;
  /** The longest pause. Milliseconds, at most 600 000 with Pub/Sub. */
  maxBackoffMs: number;
}

export interface EventBusOptions {
  /**
   * Follows {@link DELIVERY_POLICY} where it says nothing. In Pub/Sub the pauses belong to the subscription: they are applied
   * where this bus makes one, in an emulator; elsewhere whoever made the subscription decided.
   */
  policy?: Partial<DeliveryPolicy>;
  /** Hears of faults in the background: a handler that failed, a bus that cannot be reached. Default: a warning of the process. */
  onError?: (error: AssayError) => void;
  /** The time in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

/** Pub/Sub's own defaults where it has some. */
export const DELIVERY_POLICY: DeliveryPolicy = {
  ackDeadlineMs: 10_000,
  maxAttempts: 10,
  minBackoffMs: 1000,
  maxBackoffMs: 600_000,
};
