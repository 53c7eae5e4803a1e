import type { CloudEvent } from '@assay/schema';

/** A message as the client takes it. */
export interface OutgoingMessage {
  data: Buffer;
  attributes: Record<string, string>;
  orderingKey?: string;
}

/**
 * A message in the structured mode of CloudEvents: its data is the event as one line of JSON, which a Cloud Storage
 * subscription writes as it is. The attributes say the same of the event without its data, for filters of subscriptions:
 * https://github.com/googleapis/google-cloudevents/blob/main/docs/spec/pubsub.md
 */
export function messageOf(event: CloudEvent, text: string, orderingKey?: string): OutgoingMessage {
  const attributes: Record<string, string> = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
  };
  for (const [name, value] of Object.entries(event))
    // Attributes are texts, whole numbers and booleans; data and its type are what the message is.
    if (name !== 'data' && name !== 'datacontenttype' && value !== undefined)
      attributes[`ce-${name}`] = typeof value === 'string' ? value : JSON.stringify(value);
  return { data: Buffer.from(text), attributes, ...(orderingKey === undefined ? {} : { orderingKey }) };
}

/** Attributes of what this library parks itself. Pub/Sub parks, too, and says so in attributes of its own. */
export const PARKED = { reason: 'assay-reason', attempts: 'assay-attempts' } as const;
export const PARKED_BY_PUBSUB = 'CloudPubSubDeadLetterSourceDeliveryCount';
