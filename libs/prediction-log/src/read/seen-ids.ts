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
  const placeOf = (into: Uint32Array, high: number, low: number, more: number): number => {
    const mask = into.length / ENTRY - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const at = ENTRY * slot;
      const isThis = into[at] === high && into[at + 1] === low && into[at + 2] === more;
      if (isThis || isEmpty(into, at)) return at;
    }
  };
  const grow = () => {
    const larger = new Uint32Array(2 * table.length);
    for (let at = 0; at < table.length; at += ENTRY) {
      if (isEmpty(table, at)) continue;
      const entry = table.subarray(at, at + ENTRY);
      larger.set(entry, placeOf(larger, entry[0]!, entry[1]!, entry[2]!));
    }
    table = larger;
  };

  return {
    add: (high, low, hashed) => {
      // Zeros are an empty place.
      const more = hashed === 0 ? 1 : hashed;
      const at = placeOf(table, high, low, more);
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
