import { upperGamma } from './incomplete-gamma.ts';

/** P(X > x) for X chi-square distributed with `df` degrees of freedom; x ≥ 0, df > 0. */
export function chiSquareSurvival(x: number, df: number): number {
  return Number.isNaN(x) ? NaN : upperGamma(df / 2, x / 2);
}

/** The x with P(X > x) = `tail` for X chi-square distributed with `df` degrees of freedom; by bisection, tail in (0, 1). */
export function chiSquareCritical(tail: number, df: number): number {
  let high = df + 1;
  while (chiSquareSurvival(high, df) > tail) high *= 2;
  let low = 0;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (chiSquareSurvival(middle, df) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X > x) for X noncentral chi-square distributed: central ones mixed by a Poisson distribution of mean noncentrality / 2. */
export function noncentralChiSquareSurvival(x: number, df: number, noncentrality: number): number {
  const mean = noncentrality / 2;
  if (mean === 0) return chiSquareSurvival(x, df);
  const reach = 12 * Math.sqrt(mean) + 40;
  const first = Math.max(0, Math.floor(mean - reach));
  let sum = 0;
  let logWeight = -mean;
  for (let k = 1; k <= first; k++) logWeight += Math.log(mean / k);
  for (let k = first; k <= mean + reach; k++) {
    sum += Math.exp(logWeight) * chiSquareSurvival(x, df + 2 * k);
    logWeight += Math.log(mean / (k + 1));
  }
  return Math.min(1, sum);
}
