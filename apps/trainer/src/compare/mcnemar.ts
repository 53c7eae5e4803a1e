/**
 * McNemar's exact test (1947): of the inputs that only one of two models gets right, is the share of either more than
 * chance? Two-sided, by the binomial distribution.
 *
 * @returns p, 0 to 1; 1 where the models never differ.
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const total = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // ln of C(total, k) / 2^total, from k = 0 on.
  let term = -total * Math.LN2;
  let tail = Math.exp(term);
  for (let k = 1; k <= fewer; k++) {
    term += Math.log((total - k + 1) / k);
    tail += Math.exp(term);
  }
  return Math.min(1, 2 * tail);
}
