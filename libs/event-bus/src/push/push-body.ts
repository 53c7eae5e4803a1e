import { AssayError } from '@assay/schema';
import { z } from 'zod';

/** What a push subscription sends: https://cloud.google.com/pubsub/docs/push#receive_push */
const pushBody = z.object({
  message: z.object({
    data: z.base64().default(''),
    orderingKey: z.string().optional(),
  }),
  /** There where the subscription has dead letters. */
  deliveryAttempt: z.int().min(1).default(1),
});

/** A message that was pushed. */
export interface PushedMessage {
  text: string;
  orderingKey?: string;
  attempt: number;
}

/** @throws AssayError `bad-request` */
export function readPushBody(body: unknown): PushedMessage {
  const result = pushBody.safeParse(body);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new AssayError(
      'bad-request',
      'Expected the JSON that a push subscription of Pub/Sub sends, wrapped ({"message":{"data":…}}); ' +
        `${issue!.path.join('.') || 'the body'}: ${issue!.message}.`,
    );
  }
  const { message, deliveryAttempt } = result.data;
  const text = Buffer.from(message.data, 'base64').toString();
  return {
    text,
    attempt: deliveryAttempt,
    ...(message.orderingKey ? { orderingKey: message.orderingKey } : {}),
  };
}
