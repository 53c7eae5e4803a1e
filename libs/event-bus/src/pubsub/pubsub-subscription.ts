import {
  Duration,
  SubscriptionCloseBehaviors,
  type Message,
  type PubSub,
  type Subscription as Stream,
} from '@google-cloud/pubsub';
import type { CloudEvent, Topic } from '@assay/schema';
import { pauseAfter } from '../backoff.ts';
import type { SubscribeOptions, Subscription } from '../event-bus.ts';
import { gaveUp } from '../gave-up.ts';
import { holdDeliveries } from '../held-deliveries.ts';
import { readEvent } from '../incoming-event.ts';
import type { BusSettings } from '../settings.ts';
import { keyLines } from './key-lines.ts';
import { pubsubError } from './pubsub-error.ts';
import { subscriptionId } from './pubsub-names.ts';

/** Pauses before a broken stream is opened again. Milliseconds. */
const TROUBLE = { minBackoffMs: 1000, maxBackoffMs: 30_000 };

/** What the client gets beyond `drainMs` to send the last answers. Milliseconds; it takes one second of it itself. */
const LAST_WORDS = 2000;

/** Leases are kept by the client for as long as a delivery is held; how long that may be is counted here. */
const NO_END = Duration.from({ hours: 24 * 365 });

/** What a subscription works with. */
export interface StreamContext {
  client: PubSub;
  url: string;
  settings: BusSettings;
  /** Resolves when the subscription is known to be there. */
  made: Promise<void>;
  /** Sets a message aside that nobody can read. */
  park: (message: Message, reason: string) => Promise<void>;
}

/** Receives messages in a stream, and opens it again when it breaks. */
export function subscribePubsub(
  options: Required<SubscribeOptions> & { topic: Topic; name: string },
  context: StreamContext,
): Subscription {
  const { topic, name, drainMs } = options;
  const { client, url, settings, made, park } = context;
  const { maxAttempts } = settings.policy;
  const id = subscriptionId(topic, name);
  const held = holdDeliveries({ ...options, report: settings.report });
  const lines = keyLines<Message>();
  const report = (error: unknown) => settings.report(pubsubError(error, { url, what: `subscription ${id}` }));
  let stream: Stream | undefined;
  let failures = 0;
  let pause: NodeJS.Timeout | undefined;
  let draining: Promise<void> | undefined;

  function receive(message: Message): void {
    failures = 0;
    if (draining) message.nack();
    else if (!message.orderingKey || lines.enter(message.orderingKey, message)) hand(message);
  }

  function hand(message: Message): void {
    const { event, fault } = readEvent(message.data.toString(), topic);
    if (event) handEvent(message, event);
    else void setAside(message, fault);
  }

  function handEvent(message: Message, event: CloudEvent): void {
    const { orderingKey } = message;
    const attempt = message.deliveryAttempt || 1; // 0 where the subscription has no dead letters
    held.hand({ event, attempt, ...(orderingKey ? { orderingKey } : {}) }, (outcome, reason) => {
      // Pub/Sub would park it, too, but could not say why.
      if (outcome === 'nack' && attempt >= maxAttempts) void setAside(message, gaveUp(attempt, reason));
      else finish(message, outcome === 'ack');
    });
  }

  function finish(message: Message, done: boolean): void {
    if (done) message.ack();
    else message.nack();
    const key = message.orderingKey;
    if (!key) return;
    const next = done ? lines.next(key) : undefined;
    if (next) hand(next);
    // Those that follow one that failed come again after it.
    if (!done) for (const follower of lines.clear(key)) follower.nack();
  }

  async function setAside(message: Message, reason: string): Promise<void> {
    try {
      await park(message, reason);
      finish(message, true);
    } catch (error) {
      report(error);
      finish(message, false); // Pub/Sub parks it after the last attempt
    }
  }

  async function open(): Promise<void> {
    try {
      await made;
    } catch (error) {
      fail(error);
      return;
    }
    if (draining) return;
    const deadline = Duration.from({ milliseconds: settings.policy.ackDeadlineMs });
    stream = client.subscription(id, {
      flowControl: { maxMessages: options.maxOutstanding, allowExcessMessages: false },
      minAckDeadline: deadline,
      maxAckDeadline: deadline,
      maxExtensionTime: NO_END,
      closeOptions: {
        behavior: SubscriptionCloseBehaviors.WaitForProcessing,
        timeout: Duration.from({ milliseconds: drainMs + LAST_WORDS }),
      },
    });
    stream.on('message', receive).on('error', fail);
  }

  function fail(error: unknown): void {
    if (draining) return;
    report(error);
    stream?.removeAllListeners().on('error', () => {}); // it may fail once more while it closes
    void stream?.close().catch(report);
    failures += 1;
    clearTimeout(pause);
    pause = setTimeout(() => void open(), pauseAfter(failures, TROUBLE));
  }

  async function drain(): Promise<void> {
    clearTimeout(pause);
    for (const message of lines.clearAll()) message.nack();
    const closing = stream?.close();
    await held.drain(drainMs);
    await closing;
  }

  void open();
  return { topic, name, drain: () => (draining ??= drain()) };
}
