import { setTimeout as delay } from 'node:timers/promises';
import { TrackerRefusal, type Tracker, type TrackingEvent } from './tracker.ts';

/** How patient a delivery is. */
export interface DeliveryLimits {
  /** Events that wait at most; beyond it the oldest is dropped. */
  capacity: number;
  /** Milliseconds that one attempt may take. */
  attemptMs: number;
  /** Milliseconds until the second attempt; doubled for each further one, up to `longestPauseMs`. */
  firstPauseMs: number;
  longestPauseMs: number;
  /** Milliseconds that the end of the run waits for what has not been delivered. */
  closeMs: number;
}

export const deliveryLimits: DeliveryLimits = {
  capacity: 200,
  attemptMs: 20_000,
  firstPauseMs: 1000,
  longestPauseMs: 60_000,
  closeMs: 20_000,
};

/** When the run has ended, a tracker that fails so often is left alone. */
const attemptsAtEnd = 4;

/** Events on their way to a tracker. */
export interface Delivery {
  /** Returns at once; never throws. */
  push(event: TrackingEvent): void;
  /** Resolves, and never rejects, when all is delivered or the patience is at an end. @returns Events lost. */
  close(): Promise<number>;
}

/**
 * Takes events to a tracker that may be slow, broken or away: one at a time, in order, tried again with growing
 * pauses (and a jitter of a quarter), never awaited by the training run.
 *
 * @param options.warn Told once, at the first failure.
 */
export function deliver(
  tracker: Tracker,
  options: { warn: (text: string) => void; limits?: Partial<DeliveryLimits> },
): Delivery {
  const limits = { ...deliveryLimits, ...options.limits };
  const queue: TrackingEvent[] = [];
  const giveUp = new AbortController();
  const closing = new AbortController();
  let lost = 0;
  let failuresAtEnd = 0;
  let warned = false;
  let refused = false;
  let pumping: Promise<void> | undefined;

  const warnOnce = (error: unknown) => {
    if (!warned) options.warn(describeFailure(tracker, error));
    warned = true;
  };

  const pump = async () => {
    for (let failures = 0; queue.length > 0 && !giveUp.signal.aborted;) {
      const event = queue[0]!;
      try {
        await attempt(tracker, event, { milliseconds: limits.attemptMs, giveUp: giveUp.signal });
        queue.shift();
        failures = 0;
      } catch (error) {
        warnOnce(error);
        if (error instanceof TrackerRefusal) {
          lost++;
          queue.shift();
          refused ||= event.type === 'begin';
          if (refused) lost += queue.splice(0).length;
          continue;
        }
        failures++;
        if (closing.signal.aborted && ++failuresAtEnd >= attemptsAtEnd) break;
        const pause = closing.signal.aborted
          ? limits.firstPauseMs
          : Math.min(limits.longestPauseMs, limits.firstPauseMs * 2 ** (failures - 1));
        // The end of the run cuts a long pause short.
        const wake = closing.signal.aborted
          ? giveUp.signal
          : AbortSignal.any([giveUp.signal, closing.signal]);
        await delay(pause * (1 + Math.random() / 4), undefined, { signal: wake, ref: false }).catch(
          () => undefined,
        );
      }
    }
    pumping = undefined;
  };

  return {
    push: (event) => {
      if (refused || giveUp.signal.aborted) {
        lost++;
        return;
      }
      // The first is under way, and without a delivered `begin` it is that.
      if (queue.length >= limits.capacity) lost += queue.splice(1, 1).length;
      queue.push(event);
      pumping ??= pump();
    },
    close: async () => {
      closing.abort();
      const deadline = setTimeout(() => giveUp.abort(), limits.closeMs);
      await pumping;
      clearTimeout(deadline);
      await within(tracker.close(), limits.closeMs).catch(warnOnce);
      return lost + queue.splice(0).length;
    },
  };
}

/** One try, given up at the time limit even where the tracker takes no notice of its signal. */
async function attempt(
  tracker: Tracker,
  event: TrackingEvent,
  options: { milliseconds: number; giveUp: AbortSignal },
): Promise<void> {
  const limit = AbortSignal.timeout(options.milliseconds);
  const signal = AbortSignal.any([limit, options.giveUp]);
  const given = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () =>
      reject(
        new Error(limit.aborted ? `no answer in ${options.milliseconds / 1000} s` : 'the run has ended'),
      ),
    ),
  );
  // In a function of its own: a tracker that throws at once fails like any other.
  const recorded = (async () => tracker.record(event, signal))();
  recorded.catch(() => undefined);
  await Promise.race([recorded, given]);
}

async function within(promise: Promise<void>, milliseconds: number): Promise<void> {
  const stop = new AbortController();
  promise.catch(() => undefined);
  await Promise.race([promise, delay(milliseconds, undefined, { signal: stop.signal, ref: false })]).finally(
    () => stop.abort(),
  );
}

function describeFailure(tracker: Tracker, error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const reason = cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message;
  return error instanceof TrackerRefusal
    ? `${tracker.name} refused a record (${reason}). Training goes on; the run's folder has everything.`
    : `${tracker.name} cannot be told of this run for now (${reason}). Training goes on; what is not sent yet is tried again.`;
}
