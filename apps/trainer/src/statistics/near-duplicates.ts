import { hashDistance, thumbnailDistance, type Look } from './perceptual-hash.ts';

/** Bits of 64 in which the hashes of two near-duplicates may differ. */
const mostBits = 4;

/** Levels of 255 by which their thumbnails may differ on average: what JPEG and a change of size leave. */
const mostLevels = 5;

/** A hash is cut into so many parts: two that differ in {@link mostBits} bits have at least one part in common. */
const parts = mostBits + 1;

/**
 * Groups of images that look the same: encoded again, or brought to another size. Alike hashes are found by their parts,
 * without comparing every pair, and confirmed by their thumbnails; whoever is like a member belongs to the group.
 *
 * @returns Positions in the list, groups of two and more, in order.
 */
export function nearDuplicates(looks: readonly Look[]): number[][] {
  const leader = looks.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (leader[at] !== at) at = leader[at] = leader[leader[at]!]!;
    return at;
  };
  for (let part = 0; part < parts; part++) {
    const buckets = new Map<number, number[]>();
    looks.forEach((look, index) => {
      const key = partOf(look.hash, part);
      const bucket = buckets.get(key) ?? [];
      for (const other of bucket)
        if (find(other) !== find(index) && isAlike(look, looks[other]!)) leader[find(index)] = find(other);
      bucket.push(index);
      buckets.set(key, bucket);
    });
  }
  const groups = new Map<number, number[]>();
  looks.forEach((_, index) => groups.set(find(index), [...(groups.get(find(index)) ?? []), index]));
  return [...groups.values()].filter((group) => group.length > 1);
}

function isAlike(a: Look, b: Look): boolean {
  return (
    hashDistance(a.hash, b.hash) <= mostBits && thumbnailDistance(a.thumbnail, b.thumbnail) <= mostLevels
  );
}

/** Bits `part`, `part + 5`, `part + 10` … of the hash, so that each part has bits of every frequency. */
function partOf([low, high]: Look['hash'], part: number): number {
  let key = 0;
  for (let bit = part, at = 0; bit < 64; bit += parts, at++)
    if (((bit < 32 ? low : high) >>> (bit % 32)) & 1) key |= 1 << at;
  return key;
}
