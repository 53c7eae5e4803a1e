/** A stream of reproducible pseudo-random numbers. */
export interface Random {
  /** Uniform float64 in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform float64 in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in [0, count). */
  integer(count: number): number;
  /** Standard normal deviate (Box–Muller). */
  normal(): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** Reorders `items` in place (Fisher–Yates) and returns them. */
  shuffle<T>(items: T[]): T[];
}

/** FNV-1a over UTF-16 code units, with a final avalanche; four lanes give the 128-bit state. */
function hash(text: string, lane: number): number {
  let h = 0x811c9dc5 ^ Math.imul(lane + 1, 0x9e3779b9);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The generator sfc32 (C. Doty-Humphrey, PractRand): 128 bits of state, period of at least 2^32 and about
 * 2^127 on average. Equal seeds give equal streams on every machine. Not for secrets.
 *
 * @param parts Joined into one seed, so that `seededRandom(7, 'epoch', 3)` names an independent stream.
 */
export function seededRandom(...parts: readonly (string | number)[]): Random {
  const seed = parts.join('\u0000');
  let a = hash(seed, 0);
  let b = hash(seed, 1);
  let c = hash(seed, 2);
  let counter = hash(seed, 3) | 1;

  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first outputs still resemble the seed.
  for (let i = 0; i < 12; i++) next();

  const uniform = (): number => next() / 0x1_0000_0000;
  const integer = (count: number): number => Math.floor(uniform() * count);
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    chance: (probability) => uniform() < probability,
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = items[i] as (typeof items)[number];
        items[i] = items[j] as (typeof items)[number];
        items[j] = held;
      }
      return items;
    },
  };
}
