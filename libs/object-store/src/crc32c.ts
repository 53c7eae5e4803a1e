/** The Castagnoli polynomial with its bits reversed (RFC 3720, section 12.1). */
const POLYNOMIAL = 0x82f63b78;

/** Row 0 is the table of one byte; row n that of a byte followed by n zero bytes. */
const TABLES: readonly Uint32Array[] = makeTables();

/** A CRC32C that grows with the content. */
export interface Crc32c {
  update(bytes: Uint8Array): void;
  /** The four bytes in big-endian order, as base64: how Cloud Storage writes it. */
  digest(): string;
}

/**
 * CRC32C (Castagnoli). Eight bytes at a time by eight tables ("slicing-by-8": Kounavis and Berry, ISCC 2005).
 */
export function createCrc32c(): Crc32c {
  let state = 0xffffffff;
  return {
    update: (bytes) => {
      state = advance(state, bytes);
    },
    digest: () => {
      const out = Buffer.alloc(4);
      out.writeUInt32BE(~state >>> 0);
      return out.toString('base64');
    },
  };
}

/** CRC32C of content that is in memory, as {@link Crc32c.digest} writes it. */
export function crc32cOf(bytes: Uint8Array): string {
  const crc = createCrc32c();
  crc.update(bytes);
  return crc.digest();
}

function advance(start: number, bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  let crc = start;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      t7[crc & 0xff]! ^
      t6[(crc >>> 8) & 0xff]! ^
      t5[(crc >>> 16) & 0xff]! ^
      t4[crc >>> 24]! ^
      t3[bytes[at + 4]!]! ^
      t2[bytes[at + 5]!]! ^
      t1[bytes[at + 6]!]! ^
      t0[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) crc = t0[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return crc;
}

function makeTables(): Uint32Array[] {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    return crc;
  });
  const tables = [first];
  for (let row = 1; row < 8; row++)
    tables.push(tables[row - 1]!.map((crc) => first[crc & 0xff]! ^ (crc >>> 8)));
  return tables;
}
