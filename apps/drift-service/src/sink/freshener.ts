import { setTimeout as delay } from 'node:timers/promises';

/** At most one flush in this time, so that who reads often does not fill the log with small objects. Milliseconds. */
const SPACING_MS = 1000;

/** A store in trouble holds up a reader no longer than this. Milliseconds. */
const PATIENCE_MS = 1000;

/** Who holds what is not in the log yet. */
export interface Holder {
  /** How many events came so far. */
  readonly taken: number;
  /** Writes what has come. */
  flush(): Promise<void>;
}

/**
 * Makes the log as new as this process can: what it gives back resolves when all that had come by the call is written, so that whoever
 * reads then finds it. Callers at the same time share one flush; where nothing came there is none.
 *
 * @param now milliseconds, from any beginning
 */
export function createFreshener(
  holder: Holder,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let last = { taken: 0, at: -Infinity, done: Promise.resolve() };
  let coming: Promise<void> | undefined;

  const run = async () => {
    await delay(Math.max(0, last.at + SPACING_MS - now()));
    coming = undefined;
    last = { taken: holder.taken, at: now(), done: patiently(holder.flush()) };
    await last.done;
  };
  return () => (holder.taken === last.taken ? last.done : (coming ??= run()));
}

async function patiently(work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  const late = delay(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    patience.abort();
  }
}
