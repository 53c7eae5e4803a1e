import { AssayError } from '@assay/schema';
import type { Delivery, SubscribeOptions } from './event-bus.ts';

/** How a delivery ended, and why where it was not acknowledged; `release`: not looked at. */
export type Settle = (outcome: 'ack' | 'nack' | 'release', reason?: string) => void;

/** The deliveries of a subscriber that are not settled. */
export interface HeldDeliveries {
  readonly size: number;
  /** Hands a delivery to the handler. `settle` is called once. */
  hand(incoming: Pick<Delivery, 'event' | 'attempt' | 'orderingKey'>, settle: Settle): void;
  /** Resolves when all are settled; those that are not within `milliseconds` are released. */
  drain(milliseconds: number): Promise<void>;
}

/**
 * Runs the handler, sees to it that each delivery is settled exactly once, and ends those that are held too long.
 *
 * @param options.report Hears of handlers that fail.
 */
export function holdDeliveries(
  options: Required<Pick<SubscribeOptions, 'handler' | 'maxHoldMs'>> & {
    report: (error: AssayError) => void;
  },
): HeldDeliveries {
  const { handler, maxHoldMs, report } = options;
  const held = new Set<() => void>();
  let emptied: PromiseWithResolvers<undefined> | undefined;

  function hand(incoming: Pick<Delivery, 'event' | 'attempt' | 'orderingKey'>, settle: Settle): void {
    const finish: Settle = (outcome, reason) => {
      if (!held.delete(release)) return;
      clearTimeout(timer);
      settle(outcome, reason);
      if (held.size === 0) emptied?.resolve(undefined);
    };
    const release = () => finish('release');
    const expire = () => finish('nack', `held for ${Math.round(maxHoldMs / 1000)} s without an answer`);
    let end = performance.now() + maxHoldMs;
    let timer = setTimeout(expire, maxHoldMs);
    held.add(release);

    const delivery: Delivery = {
      ...incoming,
      ack: () => finish('ack'),
      nack: () => finish('nack', 'the handler said nack'),
      extend(milliseconds) {
        if (!held.has(release) || performance.now() + milliseconds <= end) return;
        end = performance.now() + milliseconds;
        clearTimeout(timer);
        timer = setTimeout(expire, milliseconds);
      },
    };
    void run(delivery, finish);
  }

  async function run(delivery: Delivery, finish: Settle): Promise<void> {
    try {
      await handler(delivery);
    } catch (error) {
      report(handlerFailed(delivery, error));
      finish('nack', error instanceof Error ? error.message : String(error));
    }
  }

  return {
    get size() {
      return held.size;
    },
    hand,
    async drain(milliseconds) {
      if (held.size === 0) return;
      emptied ??= Promise.withResolvers<undefined>();
      const timer = setTimeout(() => held.forEach((release) => release()), milliseconds);
      await emptied.promise;
      clearTimeout(timer);
    },
  };
}

function handlerFailed({ event, attempt }: Pick<Delivery, 'event' | 'attempt'>, cause: unknown): AssayError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AssayError(
    'internal',
    `The handler of the event ${event.id} (${event.type}) failed at attempt ${attempt}: ${why}`,
    { cause },
  );
}
