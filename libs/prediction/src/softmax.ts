/**
 * Softmax: `exp(x_i) / sum_j exp(x_j)`, on scores less their maximum so that none overflows.
 *
 * @param scores finite, at least one
 * @returns probabilities in 0 to 1 that sum to 1
 */
export function softmax(scores: ArrayLike<number>): Float64Array {
  const weights = Float64Array.from(scores);
  const highest = weights.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.exp(weights[i]! - highest);
    sum += weights[i]!;
  }
  return weights.map((weight) => weight / sum);
}
