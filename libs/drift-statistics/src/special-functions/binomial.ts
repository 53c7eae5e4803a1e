import { deviance, stirlingError } from './log-gamma.ts';

/**
 * Probability of k successes in n trials, 0 ≤ k ≤ n, by Loader's saddle-point expansion (2000): full relative precision
 * at any n.
 */
export function binomialMass(k: number, n: number, probability: number): number {
  if (probability <= 0) return k === 0 ? 1 : 0;
  if (probability >= 1) return k === n ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-probability));
  if (k === n) return Math.exp(n * Math.log(probability));
  const exponent =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, n * probability) -
    deviance(n - k, n * (1 - probability));
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}
