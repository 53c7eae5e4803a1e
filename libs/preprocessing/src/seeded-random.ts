/** A stream of reproducible random numbers. */
export interface Random {
  /** A number in [min, max), by default [0, 1), with 32 random bits. */
  uniform(min?: number, max?: number): number;
  /** A whole number in 0 … n - 1. */
  integer(n: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** A number of the standard normal distribution (Box and Muller 1958). */
  normal(): number;
  /** 32 random bits, 0 … 2^32 - 1. */
  bits(): number;
  /** Puts the items in random order, in place (Fisher and Yates); returns them. */
  shuffle<Items extends unknown[] | Int32Array | Uint32Array | Float32Array>(items: Items): Items;
}

/**
 * A seeded generator: Chris Doty-Humphrey's sfc32 (PractRand; 128 bits of state, period at least 2^32,
 * about 2^127 on average), whose state is the MurmurHash3 x86 32-bit hash of the seed under the four hash
 * seeds 0 to 3. The same seed gives the same numbers on every machine; seeds that differ in one letter or
 * digit give unrelated streams, so that `seededRandom('run', epoch, index)` is a stream for each sample.
 *
 * @param seed - numbers and strings; joined with `/`
 */
export function seededRandom(...seed: readonly (number | string)[]): Random {
  const key = Buffer.from(seed.join('/'), 'utf8');
  let a = murmur3(key, 0);
  let b = murmur3(key, 1);
  let c = murmur3(key, 2);
  let counter = murmur3(key, 3);

  function bits(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }

  const uniform = (min = 0, max = 1): number => min + (bits() / 2 ** 32) * (max - min);
  const integer = (n: number): number => Math.floor((bits() / 2 ** 32) * n);

  return {
    bits,
    uniform,
    integer,
    chance: (probability) => uniform() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle(items) {
      const list = items as unknown[];
      for (let last = list.length - 1; last > 0; last--) {
        const other = integer(last + 1);
        [list[last], list[other]] = [list[other], list[last]];
      }
      return items;
    },
  };
}

/** MurmurHash3 x86 32-bit (Austin Appleby). */
export function murmur3(key: Uint8Array, seed: number): number {
  let hash = seed | 0;
  const whole = key.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    hash ^= scramble(key[at]! | (key[at + 1]! << 8) | (key[at + 2]! << 16) | (key[at + 3]! << 24));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = key.length - 1; at >= whole; at--) tail = (tail << 8) | key[at]!;
  if (whole < key.length) hash ^= scramble(tail);
  hash ^= key.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function scramble(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
