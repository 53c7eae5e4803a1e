import type { Random } from '@assay/random';
import { total } from '../counts.ts';

/**
 * Draws histograms of any size from shares, in a step or two for each draw: a table tells where to begin to look for it (Chen & Asau 1974).
 *
 * @param shares By category, from 0, of any sum above 0.
 * @returns draws counts by category that sum up to `size`.
 */
export function drawCounts(shares: ArrayLike<number>, random: Random): (size: number) => Float64Array {
  const sum = total(shares);
  const { length } = shares;
  const ends = new Float64Array(length);
  let running = 0;
  let last = 0;
  for (let i = 0; i < length; i++) {
    ends[i] = running += shares[i]! / sum;
    if (shares[i]! > 0) last = i;
  }
  // Rounding must not leave a draw without a category.
  ends.fill(Infinity, last);
  const guides = 2 * length;
  const begin = new Int32Array(guides);
  for (let k = 0, category = 0; k < guides; k++) {
    while (k / guides >= ends[category]!) category++;
    begin[k] = category;
  }
  return (size) => {
    const counts = new Float64Array(length);
    for (let i = 0; i < size; i++) {
      const at = random.uniform();
      let category = begin[(at * guides) | 0]!;
      while (at >= ends[category]!) category++;
      counts[category]! += 1;
    }
    return counts;
  };
}
