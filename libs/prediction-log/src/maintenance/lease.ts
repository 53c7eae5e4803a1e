import { randomUUID } from 'node:crypto';
import type { ObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';

/** Who changes the log at the moment is said in this object. */
export const LEASE_KEY = 'maintenance/log.json';

/** Without renewal it ends after this time, so that a process that died does not block others. Milliseconds. */
const TERM_MS = 120_000;

interface Claim {
  holder: string;
  /** For people: `compact`. */
  purpose: string;
  /** Milliseconds since 1970. */
  until: number;
}

export interface LeaseOptions {
  /** For people: `compact`. */
  purpose: string;
  signal?: AbortSignal;
  /** The time in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

/**
 * Does work while no other process changes objects of the log that exist: what one has read it may replace. Writers of new
 * objects and readers are not held up.
 *
 * @param work is to stop before its next change when the signal aborts: the lease is lost, or the caller said so.
 * @throws AssayError `log-busy` if another process is at it.
 */
export async function withLease<T>(
  store: ObjectStore,
  options: LeaseOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { purpose, now = Date.now } = options;
  const holder = randomUUID();
  const claim = () => JSON.stringify({ holder, purpose, until: now() + TERM_MS } satisfies Claim);
  let { generation } = await acquire(store, claim(), now);
  const lost = new AbortController();
  const renewal = setInterval(() => {
    store.put(LEASE_KEY, claim(), { ifGeneration: generation }).then(
      (info) => {
        generation = info.generation;
      },
      (error: unknown) => lost.abort(error),
    );
  }, TERM_MS / 4);
  try {
    return await work(AbortSignal.any([lost.signal, ...(options.signal ? [options.signal] : [])]));
  } finally {
    clearInterval(renewal);
    // If it is another's by now it is not ours to end.
    await store.delete(LEASE_KEY, { ifGeneration: generation }).catch(() => undefined);
  }
}

async function acquire(store: ObjectStore, claim: string, now: () => number) {
  try {
    const found = await store.get(LEASE_KEY).catch((error: unknown) => {
      if (error instanceof AssayError && error.code === 'object-not-found') return undefined;
      throw error;
    });
    if (!found) return await store.put(LEASE_KEY, claim, { ifAbsent: true });
    const held = readClaim(found.content.toString());
    if (held && held.until > now()) throw busy(held, now());
    return await store.put(LEASE_KEY, claim, { ifGeneration: found.info.generation });
  } catch (error) {
    if (error instanceof AssayError && error.code === 'precondition-failed') throw busy(undefined, now());
    throw error;
  }
}

/** A claim that nobody can read holds nobody up. */
function readClaim(text: string): Claim | undefined {
  try {
    return JSON.parse(text) as Claim;
  } catch {
    return undefined;
  }
}

function busy(held: Claim | undefined, now: number): AssayError {
  const what = held
    ? `"${held.purpose}" is at work on the log, or ended without saying so; then it makes way in ${Math.ceil((held.until - now) / 1000)} s`
    : 'another process has just begun to work on the log';
  return new AssayError(
    'log-busy',
    `Only one process at a time changes what is in the log: ${what}. Try again later.`,
  );
}
