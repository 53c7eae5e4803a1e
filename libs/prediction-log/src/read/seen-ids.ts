/** Ids that were read, by 96 bits of their hashes: twelve bytes of memory each, and as many for room. */
export interface SeenIds {
  /** @returns whether it is new. @param hash Three whole numbers below 2^32. */
  add(high: number, low: number, more: number): boolean;
}

/** Numbers of an entry. */
const ENTRY = 3;

/**
 * A hash table with open addressing (Knuth, TAOCP 3, 6.4, algorithm L) that doubles where it is half full. A million different ids are taken
 * for one another with a chance of 10⁻¹⁷.
 *
 * @param capacity Entries at first; a power of two.
 */
export function seenIds(capacity = 1 << 15): SeenIds {
  let table = new Uint32Array(ENTRY * capacity);
  let entries = 0;

  /** Where an entry is, or would be. */
  const placeOf = (high: number, low: number, more: number): number => {
    const mask = table.length / ENTRY - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const at = ENTRY * slot;
      const isThis = table[at] === high && table[at + 1] === low && table[at + 2] === more;
      if (isThis || isEmpty(table, at)) return at;
    }
  };
  const grow = () => {
    const smaller = table;
    table = new Uint32Array(2 * smaller.length);
    for (let at = 0; at < smaller.length; at += ENTRY) {
      if (isEmpty(smaller, at)) continue;
      const entry = smaller.subarray(at, at + ENTRY);
      table.set(entry, placeOf(entry[0]!, entry[1]!, entry[2]!));
    }
  };

  return {
    add: (high, low, hashed) => {
      // Zeros are an empty place.
      const more = hashed === 0 ? 1 : hashed;
      const at = placeOf(high, low, more);
      if (!isEmpty(table, at)) return false;
      table[at] = high;
      table[at + 1] = low;
      table[at + 2] = more;
      entries += 1;
      if (2 * ENTRY * entries > table.length) grow();
      return true;
    },
  };
}

const isEmpty = (table: Uint32Array, at: number) => table[at + 2] === 0;
