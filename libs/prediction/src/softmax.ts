/**
 * Softmax: `exp(x_i) / sum_j exp(x_j)`, on scores less their maximum so that none overflows.
 *
 * @param scores finite, at least one
 * @returns probabilities in 0 to 1 that sum to 1
 */
export function softmax(scores: ArrayLike<number>): Float64Array {
  let highest = -Infinity;
  for (let i = 0; i < scores.length; i++) highest = Math.max(highest, scores[i] as number);
  const result = new Float64Array(scores.length);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const weight = Math.exp((scores[i] as number) - highest);
    result[i] = weight;
    sum += weight;
  }
  for (let i = 0; i < result.length; i++) result[i] = (result[i] as number) / sum;
  return result;
}
