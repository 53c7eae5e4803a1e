import { v1, type Message, type PubSub } from '@google-cloud/pubsub';
import type { Topic } from '@assay/schema';
import type { DeadLetter } from '../event-bus.ts';
import { PARKED, PARKED_BY_PUBSUB } from './pubsub-message.ts';
import { deadLetterId } from './pubsub-names.ts';

/** Messages a call. */
const STEP = 500;

/** How long a message that is looked at stays away from others who look. Seconds. */
const LOOK_FOR = 60;

interface Parked {
  ackId: string;
  data: Buffer;
  attributes: Record<string, string>;
  orderingKey: string;
  parked: Date;
}

/** The dead letters of subscriptions: a topic for each, kept by one subscription. */
export function pubsubDeadLetters(client: PubSub) {
  let opened: Promise<v1.SubscriberClient> | undefined;
  const subscriber = () => (opened ??= open(client));

  async function pull(subscription: string): Promise<Parked[]> {
    const api = await subscriber();
    // To wait for messages would be to wait for ever, once there are none.
    const [{ receivedMessages }] = await api.pull({
      subscription,
      maxMessages: STEP,
      returnImmediately: true,
    });
    return (receivedMessages ?? []).map(({ ackId, message }) => ({
      ackId: ackId!,
      data: Buffer.from(message!.data as Uint8Array),
      attributes: message!.attributes ?? {},
      orderingKey: message!.orderingKey ?? '',
      parked: new Date(Number(message!.publishTime!.seconds) * 1000),
    }));
  }

  async function setDeadline(subscription: string, messages: Parked[], seconds: number): Promise<void> {
    if (messages.length === 0) return;
    const api = await subscriber();
    const ackIds = messages.map(({ ackId }) => ackId);
    await api.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: seconds });
  }

  return {
    /** Parks a message with the reason. */
    async park(message: Message, place: { topic: Topic; name: string; reason: string }): Promise<void> {
      const { topic, name, reason } = place;
      await client.topic(deadLetterId(topic, name), { messageOrdering: true }).publishMessage({
        data: message.data,
        orderingKey: message.orderingKey ?? '',
        attributes: {
          ...message.attributes,
          [PARKED.reason]: reason.slice(0, 1000), // Pub/Sub's limit is 1024 bytes
          [PARKED.attempts]: String(message.deliveryAttempt || 1),
        },
      });
    },

    async list(topic: Topic, name: string): Promise<DeadLetter[]> {
      const subscription = client.subscription(deadLetterId(topic, name)).name;
      const all: Parked[] = [];
      for (;;) {
        const page = await pull(subscription);
        if (page.length === 0) break;
        await setDeadline(subscription, page, LOOK_FOR);
        all.push(...page);
      }
      for (let start = 0; start < all.length; start += STEP)
        await setDeadline(subscription, all.slice(start, start + STEP), 0);
      return all.sort((a, b) => a.parked.getTime() - b.parked.getTime()).map(toDeadLetter);
    },

    /** Publishes them again: every subscription of the topic gets them, as events known by their id. */
    async redrive(topic: Topic, name: string): Promise<number> {
      const api = await subscriber();
      const subscription = client.subscription(deadLetterId(topic, name)).name;
      const publisher = client.topic(topic, { messageOrdering: true });
      const start = Date.now();
      let count = 0;
      for (;;) {
        const page = await pull(subscription);
        // What is parked again meanwhile stays, or this would never end.
        const old = page.filter(({ parked }) => parked.getTime() <= start);
        await setDeadline(
          subscription,
          page.filter((message) => !old.includes(message)),
          0,
        );
        if (old.length === 0) return count;
        await Promise.all(
          old.map(({ data, attributes, orderingKey }) =>
            publisher.publishMessage({ data, attributes: withoutMarks(attributes), orderingKey }),
          ),
        );
        await api.acknowledge({ subscription, ackIds: old.map(({ ackId }) => ackId) });
        count += old.length;
      }
    },

    async close(): Promise<void> {
      await (await opened)?.close();
    },
  };
}

async function open(client: PubSub): Promise<v1.SubscriberClient> {
  type Options = ConstructorParameters<typeof v1.SubscriberClient>[0];
  return new v1.SubscriberClient((await client.getClientConfig()) as Options);
}

function toDeadLetter({ data, attributes, parked }: Parked): DeadLetter {
  const attempts = Number(attributes[PARKED.attempts] ?? attributes[PARKED_BY_PUBSUB] ?? 0);
  const reason = attributes[PARKED.reason] ?? `Handed out ${attempts} times and not acknowledged.`;
  return { text: data.toString(), reason, attempts, parked };
}

function withoutMarks(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name]) => !name.startsWith('assay-') && !name.startsWith('CloudPubSubDeadLetter'),
    ),
  );
}
