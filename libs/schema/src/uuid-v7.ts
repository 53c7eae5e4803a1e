/** What a UUIDv7 is made of; tests control both. */
export interface UuidSources {
  /** Milliseconds since 1970, below 2^48. */
  readonly now?: number;
  /** Ten random bytes. */
  readonly random?: Uint8Array;
}

const randomBytes = () => crypto.getRandomValues(new Uint8Array(10));

/**
 * A UUID that sorts by the time it was made: 48 bits of Unix milliseconds, then 74 random bits. Ids of predictions, feedback and
 * events are of this kind.
 *
 * @see RFC 9562, section 5.7
 */
export function uuidV7({ now = Date.now(), random = randomBytes() }: UuidSources = {}): string {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint16(0, Math.floor(now / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, now % 2 ** 32);
  bytes.set(random, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
