import { upperGamma } from '../special-functions/incomplete-gamma.ts';
import { normalSurvival } from '../special-functions/normal.ts';

/** With so many permuted values beyond the statistic their share is the better estimate. */
const ENOUGH_BEYOND = 10;

/**
 * P-value of a permutation test where few or none of the permuted values reach the statistic: the upper tail of a Pearson type III
 * distribution with their mean, variance and skewness (Minas & Montana 2014). Permutations alone cannot go below one over their
 * number, which a correction over many tests asks for. With ten or more values beyond it is their share, (k + 1) / (B + 1).
 *
 * @param permuted The statistic under random relabellings, some hundreds.
 * @returns 0 to 1; 1 where all permuted values are the same.
 */
export function permutationTail(statistic: number, permuted: ArrayLike<number>): number {
  const { length } = permuted;
  let beyond = 0;
  let mean = 0;
  for (let i = 0; i < length; i++) {
    mean += permuted[i]! / length;
    beyond += Number(permuted[i]! >= statistic);
  }
  const share = (beyond + 1) / (length + 1);
  if (beyond >= ENOUGH_BEYOND) return share;
  let second = 0;
  let third = 0;
  for (let i = 0; i < length; i++) {
    second += (permuted[i]! - mean) ** 2 / length;
    third += (permuted[i]! - mean) ** 3 / length;
  }
  const deviation = Math.sqrt(second);
  if (!(deviation > 1e-12 * Math.abs(mean))) return statistic > mean ? share : 1;
  const z = (statistic - mean) / deviation;
  const skewness = third / deviation ** 3;
  // A tail that is no longer than the normal one is taken to be normal: the longer p-value of the two.
  if (skewness < 1e-3) return normalSurvival(z);
  const shape = 4 / skewness ** 2;
  return upperGamma(shape, shape + z * Math.sqrt(shape));
}
