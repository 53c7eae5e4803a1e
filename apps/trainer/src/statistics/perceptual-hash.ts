import { resizePillow, toGrey, type Pixels } from '@assay/preprocessing';

/** What two images look like, small enough to compare every pair that may be alike. */
export interface Look {
  /** 64 bits in two words: which of the lowest 8 × 8 frequencies are above their median. */
  hash: readonly [number, number];
  /** Grey, `side` × `side`, 0 to 255. */
  thumbnail: Uint8Array;
}

const side = 32;
const lowest = 8;

/** `cos(π (2x + 1) u / 2n)`: rows u of the discrete cosine transform (type II). */
const cosines = Float64Array.from({ length: lowest * side }, (_, at) =>
  Math.cos((Math.PI * (2 * (at % side) + 1) * Math.floor(at / side)) / (2 * side)),
);

/** The perceptual hash of Zauner (2010), over the cosine transform of a grey thumbnail of 32 × 32 pixels. */
export function lookOf(image: Pixels): Look {
  const grey = image.channels === 1 ? image : toGrey(image);
  const { data: thumbnail } = resizePillow(grey, { width: side, height: side, filter: 'bilinear' });
  const rows = new Float64Array(side * lowest);
  for (let y = 0; y < side; y++)
    for (let u = 0; u < lowest; u++)
      for (let x = 0; x < side; x++)
        rows[y * lowest + u]! += thumbnail[y * side + x]! * cosines[u * side + x]!;
  const frequencies = Array.from({ length: lowest * lowest }, (_, at) => {
    const [u, v] = [at % lowest, Math.floor(at / lowest)];
    let sum = 0;
    for (let y = 0; y < side; y++) sum += rows[y * lowest + u]! * cosines[v * side + y]!;
    return sum;
  });
  // The first is the mean brightness, far above the others: it tells nothing of the picture.
  const sorted = frequencies.slice(1).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  const word = (from: number) =>
    frequencies
      .slice(from, from + 32)
      .reduce((bits, value, at) => (value > median ? bits | (1 << at) : bits), 0);
  return { hash: [word(0), word(32)], thumbnail };
}

/** Bits in which two hashes differ, 0 to 64. */
export function hashDistance(a: Look['hash'], b: Look['hash']): number {
  return countBits(a[0] ^ b[0]) + countBits(a[1] ^ b[1]);
}

/** Mean absolute difference of two thumbnails, 0 to 255. */
export function thumbnailDistance(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs(a[at]! - b[at]!);
  return sum / a.length;
}

/** Of a 32-bit word: neighbouring fields are added, each time twice as wide. */
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
