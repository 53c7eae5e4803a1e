/** What a UUIDv7 is made of; tests control both. */
export interface UuidSources {
  /** Milliseconds since 1970, below 2^48. */
  readonly now?: number;
  /** A UUID of random bits (version 4), the last 74 of which are taken: its system keeps a store of them, so that it costs little. */
  readonly random?: string;
}

/** Where the version's digit lies in the text of a UUID; the twelve before it, and two hyphens, are the time. */
const VERSION_AT = 14;

/**
 * A UUID that sorts by the time it was made: 48 bits of Unix milliseconds, then 74 random bits. Ids of predictions, feedback and
 * events are of this kind.
 *
 * @see RFC 9562, section 5.7
 */
export function uuidV7({ now = Date.now(), random = crypto.randomUUID() }: UuidSources = {}): string {
  const time = Math.floor(now).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(VERSION_AT + 1)}`;
}
