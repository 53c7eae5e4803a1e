/** Of a set of ids: the same however they are ordered and wherever they lie. */
export interface IdDigest {
  count: number;
  /** Exclusive or of the upper and of the lower halves of their hashes, unsigned. */
  high: number;
  low: number;
  /** Sum of the upper halves, modulo 2^32. */
  sum: number;
}

/** The halves of the hash of `id`, in DuckDB's SQL, and half of another hash of it. */
export const idHash = {
  high: 'hash(id) >> 32',
  low: 'hash(id) & 4294967295',
  more: "hash(id || '+') & 4294967295",
};

/** The members of {@link IdDigest} as columns of a statement that aggregates. */
export const idDigest =
  `count(*) AS count, bit_xor(${idHash.high}) AS high, bit_xor(${idHash.low}) AS low, ` +
  `sum(${idHash.high}) % 4294967296 AS sum`;

/** The digest of no id. */
export const noIds = (): IdDigest => ({ count: 0, high: 0, low: 0, sum: 0 });

/** Adds an id by the halves of its hash. */
export function addId(digest: IdDigest, high: number, low: number): void {
  digest.count += 1;
  digest.high = (digest.high ^ high) >>> 0;
  digest.low = (digest.low ^ low) >>> 0;
  digest.sum = (digest.sum + high) % 2 ** 32;
}

export const digestText = ({ count, high, low, sum }: IdDigest): string =>
  [count, high, low, sum].map((part) => part.toString(16)).join('-');
