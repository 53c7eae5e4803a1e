import { AssayError } from '@assay/schema';
import {
  DELIVERY_POLICY,
  type DeliveryPolicy,
  type EventBusOptions,
  type SubscribeOptions,
} from './event-bus.ts';

/** {@link EventBusOptions} with nothing left open. */
export interface BusSettings {
  policy: DeliveryPolicy;
  report: (error: AssayError) => void;
  now: () => number;
}

/** @throws AssayError `invalid-configuration` */
export function busSettings({ policy = {}, onError, now = Date.now }: EventBusOptions): BusSettings {
  const whole = { ...DELIVERY_POLICY, ...policy };
  for (const [name, value] of Object.entries(whole)) requirePositive(name, value);
  return { policy: whole, report: onError ?? ((error) => process.emitWarning(error)), now };
}

/** {@link SubscribeOptions} with nothing left open. @throws AssayError `invalid-configuration` */
export function subscribeSettings(
  name: string,
  handler: SubscribeOptions['handler'] | SubscribeOptions,
): Required<SubscribeOptions> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    throw new AssayError(
      'invalid-configuration',
      `"${name}" cannot name a subscription: expected lower-case letters, digits and hyphens, the first a letter, 40 at most.`,
    );
  const given = typeof handler === 'function' ? { handler } : handler;
  const { maxOutstanding = 1000, maxHoldMs = 600_000, drainMs = 5000 } = given;
  requirePositive('maxOutstanding', maxOutstanding);
  requirePositive('maxHoldMs', maxHoldMs);
  requirePositive('drainMs', drainMs);
  return { handler: given.handler, maxOutstanding, maxHoldMs, drainMs };
}

/** @throws AssayError `invalid-configuration` */
export function checkOrderingKey(key: string | undefined): void {
  if (key === undefined || (key !== '' && key.length <= 256)) return;
  throw new AssayError(
    'invalid-configuration',
    `An ordering key has 1 to 256 characters; this one has ${key.length}. Leave it out where order does not matter.`,
  );
}

function requirePositive(name: string, value: number): void {
  // Longer than this, timers of Node would fire at once.
  if (Number.isInteger(value) && value >= 1 && value < 2 ** 31) return;
  throw new AssayError(
    'invalid-configuration',
    `${name} is ${value}: expected a whole number from 1 to ${2 ** 31 - 1}.`,
  );
}
