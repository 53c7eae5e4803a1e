import { randomBytes } from 'node:crypto';

/** What a UUIDv7 is made of; tests control both. */
export interface UuidSources {
  /** Milliseconds since 1970, below 2^48. */
  readonly now?: number;
  /** Ten random bytes. */
  readonly random?: Uint8Array;
}

/**
 * A UUID that sorts by the time it was made: 48 bits of Unix milliseconds, then 74 random bits.
 *
 * @see RFC 9562, section 5.7
 */
export function uuidV7({ now = Date.now(), random = randomBytes(10) }: UuidSources = {}): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.set(random, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
