import type { PubSub } from '@google-cloud/pubsub';
import type { Topic } from '@assay/schema';
import type { DeliveryPolicy } from '../event-bus.ts';
import { deadLetterId, subscriptionId } from './pubsub-names.ts';

/** gRPC's ALREADY_EXISTS. */
const EXISTS = 6;

/**
 * The subscriber parks what failed `maxAttempts` times, and says why. Pub/Sub parks what no subscriber lived to answer; it
 * also counts the deliveries that were given back, so it gets more attempts, up to its own limit.
 */
const BACKSTOP = 2;
const MOST_ATTEMPTS = 100;

/** Makes a topic unless it is there. */
export async function makeTopic(client: PubSub, name: string): Promise<void> {
  await client.createTopic(name).catch(unlessItExists);
}

/** Makes a subscription with its topic, and the place of its dead letters, unless they are there. */
export async function makeSubscription(
  client: PubSub,
  subscription: { topic: Topic; name: string },
  policy: DeliveryPolicy,
): Promise<void> {
  const { topic, name } = subscription;
  const deadLetters = deadLetterId(topic, name);
  await makeTopic(client, topic);
  await makeTopic(client, deadLetters);
  await client.createSubscription(deadLetters, deadLetters).catch(unlessItExists);
  await client
    .createSubscription(topic, subscriptionId(topic, name), {
      ackDeadlineSeconds: Math.ceil(policy.ackDeadlineMs / 1000),
      enableMessageOrdering: true,
      retryPolicy: {
        minimumBackoff: duration(policy.minBackoffMs),
        maximumBackoff: duration(policy.maxBackoffMs),
      },
      deadLetterPolicy: {
        deadLetterTopic: client.topic(deadLetters).name,
        maxDeliveryAttempts: Math.min(MOST_ATTEMPTS, BACKSTOP * policy.maxAttempts),
      },
      expirationPolicy: {}, // never, however long nobody asks
    })
    .catch(unlessItExists);
}

function duration(milliseconds: number): { seconds: number; nanos: number } {
  return { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1e6 };
}

function unlessItExists(error: unknown): void {
  if ((error as { code?: unknown }).code !== EXISTS) throw error;
}
