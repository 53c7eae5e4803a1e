import { AssayError, type Topic } from '@assay/schema';
import type { EventBusOptions, SubscribeOptions } from '../event-bus.ts';
import { holdDeliveries } from '../held-deliveries.ts';
import { readEvent } from '../incoming-event.ts';
import { busSettings, subscribeSettings } from '../settings.ts';
import { readPushBody } from './push-body.ts';
import type { Certificates, PushIdentity } from './verify-token.ts';

export interface PushReceiverOptions extends SubscribeOptions, PushIdentity {
  topic: Topic;
  onError?: EventBusOptions['onError'];
  /** Those that tokens are signed with. Default: Google's. */
  certificates?: Certificates;
}

/** What came with a request. */
export interface PushRequest {
  /** The header `Authorization`. */
  authorization: string | undefined;
  /** The body, parsed as JSON. */
  body: unknown;
}

/** Takes what a push subscription of Pub/Sub sends over HTTP. */
export interface PushReceiver {
  /**
   * Checks who sends, and hands the event to the handler.
   *
   * @returns `true` once it is acknowledged: answer 204. `false` where it is not: answer 503, and it comes again.
   * @throws AssayError, whose status says the same to Pub/Sub, which parks what fails at every attempt: `invalid-token`,
   *   `bad-request`, `invalid-event`, `overloaded` beyond `maxOutstanding`, `shutting-down`, `bus-unavailable`
   */
  receive(request: PushRequest): Promise<boolean>;
  /** Refuses what comes from now on, and waits for what is held, `drainMs` at most. */
  drain(): Promise<void>;
}

/**
 * @param options `maxHoldMs` should be less than the subscription's acknowledgement deadline, after which Pub/Sub sends again.
 *   Default 9000, as that deadline is 10 s by default.
 * @throws AssayError `invalid-configuration`
 */
export async function openPushReceiver(options: PushReceiverOptions): Promise<PushReceiver> {
  const { topic, certificates } = options;
  const settings = subscribeSettings('push', { maxHoldMs: 9000, ...options });
  const { report } = busSettings(options.onError ? { onError: options.onError } : {});
  // Google's library takes a while to load: only who needs it pays.
  const { tokenVerifier } = await import('./verify-token.ts');
  const verify = tokenVerifier(options, certificates);
  const held = holdDeliveries({ ...settings, report });
  let draining: Promise<void> | undefined;

  return {
    async receive({ authorization, body }) {
      await verify(authorization);
      const { text, attempt, orderingKey } = readPushBody(body);
      const { event, error } = readEvent(text, topic);
      if (!event) throw error;
      if (draining) throw new AssayError('shutting-down', 'This service is shutting down: push to another.');
      if (held.size >= settings.maxOutstanding)
        throw new AssayError(
          'overloaded',
          `${held.size} events are being worked on, the most at a time: push again in a moment.`,
        );
      const settled = Promise.withResolvers<boolean>();
      held.hand({ event, attempt, ...(orderingKey === undefined ? {} : { orderingKey }) }, (outcome) =>
        settled.resolve(outcome === 'ack'),
      );
      return settled.promise;
    },
    drain: () => (draining ??= held.drain(settings.drainMs)),
  };
}
