import { PubSub, type Topic as Publisher } from '@google-cloud/pubsub';
import { AssayError, type Topic } from '@assay/schema';
import type { EventBus, Subscription } from '../event-bus.ts';
import { writeEvent } from '../incoming-event.ts';
import { checkOrderingKey, subscribeSettings, type BusSettings } from '../settings.ts';
import { makeSubscription, makeTopic } from './make-resources.ts';
import { pubsubDeadLetters } from './pubsub-dead-letters.ts';
import { pubsubError } from './pubsub-error.ts';
import { messageOf } from './pubsub-message.ts';
import { deadLetterId } from './pubsub-names.ts';
import { subscribePubsub } from './pubsub-subscription.ts';

/** One call carries what came within so many milliseconds: an answer waits for it. */
const GATHER_FOR = 5;

/** Where the bus is. */
export interface PubsubPlace {
  url: string;
  project: string;
  /** Host and port of an emulator. */
  endpoint?: string;
}

/** Opens topics of Pub/Sub; whether they are there shows at the first call. */
export function openPubsubBus({ url, project, endpoint }: PubsubPlace, settings: BusSettings): EventBus {
  const client = new PubSub({
    projectId: project,
    ...(endpoint === undefined ? {} : { apiEndpoint: endpoint, emulatorMode: true }),
  });
  const deadLetters = pubsubDeadLetters(client);
  const publishers = new Map<Topic, { publisher: Publisher; made: Promise<void> }>();
  const subscriptions = new Set<Subscription>();
  const publishing = new Set<Promise<unknown>>();
  // What is being made: whoever subscribes, and then publishes, gets what was published.
  const making = new Set<Promise<void>>();
  let closed: Promise<void> | undefined;

  const requireOpen = () => {
    if (closed) throw new AssayError('shutting-down', `The event bus ${url} is closed: open it again.`);
  };

  /** In the cloud whoever owns the project makes topics and subscriptions; an emulator is empty whenever it starts. */
  function make(work: () => Promise<void>): Promise<void> {
    if (endpoint === undefined) return Promise.resolve();
    const made = work().finally(() => making.delete(made));
    made.catch(() => {}); // whoever waits for it hears of it
    making.add(made);
    return made;
  }

  function publisherOf(topic: Topic): { publisher: Publisher; made: Promise<void> } {
    let entry = publishers.get(topic);
    if (!entry) {
      const publisher = client.topic(topic, {
        messageOrdering: true,
        batching: { maxMessages: 1000, maxMilliseconds: GATHER_FOR },
      });
      entry = { publisher, made: make(() => makeTopic(client, topic)) };
      publishers.set(topic, entry);
    }
    return entry;
  }

  async function send(topic: Topic, message: ReturnType<typeof messageOf>): Promise<void> {
    const { publisher, made } = publisherOf(topic);
    try {
      await made;
      await Promise.allSettled(making);
      await publisher.publishMessage(message);
    } catch (error) {
      // After a failure the client refuses all that follows with the key, until told that whoever published knows.
      if (message.orderingKey !== undefined) publisher.resumePublishing(message.orderingKey);
      throw pubsubError(error, { url, what: `topic ${topic}` });
    }
  }

  async function close(): Promise<void> {
    await Promise.all([...subscriptions].map((subscription) => subscription.drain()));
    await Promise.allSettled(publishing);
    await deadLetters.close();
    await client.close();
  }

  return {
    url,
    async publish(topic, event, { orderingKey } = {}) {
      requireOpen();
      checkOrderingKey(orderingKey);
      const sent = send(topic, messageOf(event, writeEvent(event, topic), orderingKey));
      publishing.add(sent);
      await sent.finally(() => publishing.delete(sent));
    },
    subscribe(topic, name, handler) {
      requireOpen();
      const options = subscribeSettings(name, handler);
      const made = make(() => makeSubscription(client, { topic, name }, settings.policy));
      const subscription = subscribePubsub(
        { topic, name, ...options },
        {
          client,
          url,
          settings,
          made,
          park: (message, reason) => deadLetters.park(message, { topic, name, reason }),
        },
      );
      subscriptions.add(subscription);
      return subscription;
    },
    async deadLetters(topic, name) {
      requireOpen();
      return deadLetters.list(topic, name).catch((error: unknown) => {
        throw pubsubError(error, { url, what: `subscription ${deadLetterId(topic, name)}` });
      });
    },
    async redrive(topic, name) {
      requireOpen();
      return deadLetters.redrive(topic, name).catch((error: unknown) => {
        throw pubsubError(error, { url, what: `subscription ${deadLetterId(topic, name)}` });
      });
    },
    close: () => (closed ??= close()),
  };
}
