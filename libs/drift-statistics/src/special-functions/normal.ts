import { lowerGamma, upperGamma } from './incomplete-gamma.ts';

/** Complementary error function, 2 / √π ∫ from x of e^−t² dt; 0 to 2, relative error below 1e-12 into the tail. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  return x >= 0 ? upperGamma(0.5, x * x) : 1 + lowerGamma(0.5, x * x);
}

/** P(Z > z) of a standard normal Z. */
export function normalSurvival(z: number): number {
  return erfc(z / Math.SQRT2) / 2;
}

/** P(|Z| > |z|) of a standard normal Z; does not underflow before |z| = 38. */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * The z with P(Z > z) = `tail`, tail in (0, 1). Starts from the rational approximation of Abramowitz & Stegun 26.2.23 and
 * polishes it by Halley steps on {@link normalSurvival}.
 */
export function normalCritical(tail: number): number {
  if (!(tail > 0 && tail < 1)) return tail === 0 ? Infinity : tail === 1 ? -Infinity : NaN;
  if (tail > 0.5) return -normalCritical(1 - tail);
  const t = Math.sqrt(-2 * Math.log(tail));
  let z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  for (let i = 0; i < 4; i++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const step = (normalSurvival(z) - tail) / density;
    z += step / (1 - (z * step) / 2);
  }
  return z;
}
