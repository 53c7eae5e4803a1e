import { setTimeout as delay } from 'node:timers/promises';

export interface BackoffOptions {
  /** The wait after the first failure, milliseconds; it doubles with each. */
  readonly firstMs: number;
  /** The longest wait. */
  readonly longestMs: number;
  /** From 0 to 1. Default `Math.random`. */
  random?(): number;
}

/** Waits that grow from failure to failure. */
export interface Backoff {
  /** Waits, or until the signal aborts. Half of the time is random, so that several processes do not come back at once. */
  wait(signal: AbortSignal): Promise<void>;
  /** It went well: the next wait is the first again. */
  reset(): void;
}

export function backoff({ firstMs, longestMs, random = Math.random }: BackoffOptions): Backoff {
  let failures = 0;
  return {
    async wait(signal) {
      const longest = Math.min(longestMs, firstMs * 2 ** failures++);
      const time = longest * (0.5 + random() / 2);
      // A wait does not keep a process alive, and ends quietly.
      await delay(time, undefined, { signal, ref: false }).catch(() => undefined);
    },
    reset() {
      failures = 0;
    },
  };
}
