import { setTimeout as delay } from 'node:timers/promises';

/** At most one flush in this time, so that who reads often does not fill the log with small objects. Milliseconds. */
const SPACING_MS = 1000;

/** A store in trouble holds up a reader no longer than this. Milliseconds. */
const PATIENCE_MS = 1000;

/**
 * Makes the log as new as this process can: the function it gives resolves after a flush that began after the call, so that
 * whoever reads then finds what had come by then. Callers at the same time share one flush.
 *
 * @param now milliseconds, from any beginning
 */
export function createFreshener(
  flush: () => Promise<void>,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let coming: Promise<void> | undefined;
  let last = -Infinity;
  const run = async () => {
    await delay(Math.max(0, last + SPACING_MS - now()));
    coming = undefined;
    last = now();
    const patience = new AbortController();
    const patient = delay(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    try {
      await Promise.race([flush(), patient]);
    } finally {
      patience.abort();
    }
  };
  return () => (coming ??= run());
}
