import { gammaTerm, upperGamma } from './incomplete-gamma.ts';

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
  let logWeight = -mean;
  for (let k = 1; k <= first; k++) logWeight += Math.log(mean / k);
  // Each central probability is the one before and a term: Q(a + 1, x) = Q(a, x) + x^a e^−x / Γ(a + 1).
  let a = df / 2 + first;
  let central = upperGamma(a, x / 2);
  let term = x > 0 ? gammaTerm(a, x / 2) : 0;
  let weight = Math.exp(logWeight);
  let sum = 0;
  for (let k = first; k <= mean + reach; k++) {
    sum += weight * central;
    weight *= mean / (k + 1);
    central += term;
    a++;
    term *= x / 2 / a;
  }
  return Math.min(1, sum);
}
