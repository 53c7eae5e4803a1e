import { deviance, stirlingError } from './log-gamma.ts';

const TINY = 1e-300;

/** x^a e^−x / Γ(a + 1) = Q(a + 1, x) − Q(a, x), without cancellation in the exponent; a > 0, x > 0. */
export function gammaTerm(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/** P by its power series (DLMF 8.7.1), quick for x below a. */
function bySeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return gammaTerm(a, x) * sum;
}

/** Q by its continued fraction (DLMF 8.9.2) with Lentz's method, quick for x above a. */
function byFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100_000; i++) {
    const factor = -i * (i - a);
    b += 2;
    d = 1 / (factor * d + b || TINY);
    c = b + factor / c || TINY;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return gammaTerm(a, x) * a * h;
}

/** Regularised lower incomplete gamma function P(a, x), a > 0, x ≥ 0; 0 to 1. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? bySeries(a, x) : 1 - byFraction(a, x);
}

/**
 * Regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), a > 0, x ≥ 0; 0 to 1. Relative error below 1e-10 far into
 * the tail, where p-values live.
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - bySeries(a, x) : byFraction(a, x);
}
