import { binomialMass } from '../special-functions/binomial.ts';
import { stirlingError } from '../special-functions/log-gamma.ts';

/** Above this size the sum over all n terms gives way to its expansion, whose relative error is then below 1e-6. */
const LARGE = 1_000_000;

/**
 * P(D+ ≥ d) of the one-sided one-sample Kolmogorov–Smirnov statistic, n observations, 0 < d < 1: the sum of
 * Birnbaum & Tingey (1951), all terms positive; for large n the expansion of Simard & L'Ecuyer (2011), section 2.2.
 */
export function oneSidedSurvival(n: number, d: number): number {
  if (n > LARGE) {
    const z = (6 * n * d + 1) ** 2 / (18 * n);
    return Math.max(0, Math.exp(-z) * (1 - (2 * z * z - 4 * z - 1) / (18 * n)));
  }
  let sum = 0;
  const last = Math.floor(n * (1 - d));
  for (let j = 0; j <= last; j++) {
    const p = d + j / n;
    sum += binomialMass(j, n, p) / p;
  }
  return Math.min(1, d * sum);
}

/** Product of square matrices held row by row. */
function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const factor = left[i * size + k]!;
      if (factor !== 0)
        for (let j = 0; j < size; j++) product[i * size + j]! += factor * right[k * size + j]!;
    }
  return product;
}

/** P(D < d) exactly, by the matrix power of Marsaglia, Tsang & Wang (2003): the cost grows with (n d)³ log n. */
function byMatrixPower(n: number, d: number): number {
  const k = Math.ceil(n * d);
  const size = 2 * k - 1;
  const h = k - n * d;
  let base = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) if (i - j + 1 >= 0) base[i * size + j] = 1;
  for (let i = 0; i < size; i++) {
    base[i * size]! -= h ** (i + 1);
    base[(size - 1) * size + i]! -= h ** (size - i);
  }
  base[(size - 1) * size]! += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) for (let g = 2; g <= i - j + 1; g++) base[i * size + j]! /= g;

  let power = new Float64Array(size * size);
  for (let i = 0; i < size; i++) power[i * size + i] = 1;
  let powerExponent = 0;
  let baseExponent = 0;
  const centre = (k - 1) * size + k - 1;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) {
      power = multiply(power, base, size) as Float64Array<ArrayBuffer>;
      powerExponent += baseExponent;
    }
    base = multiply(base, base, size) as Float64Array<ArrayBuffer>;
    baseExponent *= 2;
    const scale = Math.abs(base[centre]!);
    if (scale > 1e140) {
      for (let i = 0; i < base.length; i++) base[i]! /= scale;
      baseExponent += Math.log(scale);
    }
    const powerScale = Math.abs(power[centre]!);
    if (powerScale > 1e140) {
      for (let i = 0; i < power.length; i++) power[i]! /= powerScale;
      powerExponent += Math.log(powerScale);
    }
  }
  return power[centre]! * Math.exp(powerExponent + logFactorialRatio(n));
}

/** ln(n! / n^n). */
function logFactorialRatio(n: number): number {
  return 0.5 * Math.log(2 * Math.PI * n) + stirlingError(n) - n;
}

/** P(D < d) by the expansion of Pelz & Good (1976) in powers of 1 / √n. */
function byExpansion(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const z2 = z * z;
  const z4 = z2 * z2;
  const pi2 = Math.PI ** 2;
  const sums = [0, 0, 0, 0];
  for (let odd = 2 * Math.ceil((16 * z) / Math.PI) - 1; odd > 0; odd -= 2) {
    const m2 = odd * odd;
    const q = Math.exp((-pi2 * m2) / (8 * z2));
    const u = (pi2 * m2) / 4;
    sums[0]! += q;
    sums[1]! += q * (u - z2);
    sums[2]! += q * (6 * z4 * z2 + 2 * z4 + u * (2 * z4 - 5 * z2) + u * u * (1 - 2 * z2));
    sums[3]! +=
      q *
      (u ** 3 * (5 - 30 * z2) +
        u * u * (212 * z4 - 60 * z2) +
        u * (135 * z4 - 96 * z4 * z2) -
        30 * z4 * z2 -
        90 * z4 * z4);
  }
  let second = 0;
  let third = 0;
  for (let k = Math.ceil((16 * z) / Math.PI); k > 0; k--) {
    const q = Math.exp((-pi2 * k * k) / (2 * z2));
    const v = pi2 * k * k;
    second += q * v;
    third += q * v * (3 * z2 - v);
  }
  const front = Math.sqrt(2 * Math.PI);
  const k0 = (front * sums[0]!) / z;
  const k1 = (front * sums[1]!) / (6 * z4);
  const k2 = (front * sums[2]!) / (72 * z ** 7) - (front * second) / (36 * z * z2);
  const k3 = (front * sums[3]!) / (6480 * z ** 10) + (front * third) / (216 * z4 * z2);
  return k0 + (k1 + (k2 + k3 / Math.sqrt(n)) / Math.sqrt(n)) / Math.sqrt(n);
}

/**
 * P(D ≥ d) of the two-sided one-sample Kolmogorov–Smirnov statistic D of n observations (scipy's `kstwo.sf`): exact by matrix
 * power or by twice the one-sided tail where both sides cannot be crossed, otherwise by expansion; which one where
 * follows R. Simard & P. L'Ecuyer, Computing the Two-Sided Kolmogorov–Smirnov Distribution, J. Stat. Soft. 39 (2011).
 *
 * @param n Observations, a whole number from 1.
 * @param d Largest distance of the distribution functions.
 */
export function kolmogorovSurvival(n: number, d: number): number {
  if (Number.isNaN(d) || !(n >= 1)) return NaN;
  const t = n * d;
  if (t <= 0.5) return 1;
  if (d >= 1) return 0;
  if (t <= 1) return 1 - Math.exp(logFactorialRatio(n) + n * Math.log(2 * t - 1));
  if (t >= n - 1) return 2 * (1 - d) ** n;
  const square = t * d;
  if (d >= 0.5 || square >= (n <= 140 ? 4 : 2.2)) {
    return square >= 370 ? 0 : Math.min(1, 2 * oneSidedSurvival(n, d));
  }
  const exact = n <= 140 || (n <= 100_000 && n * d ** 1.5 <= 1.4);
  const below = exact ? byMatrixPower(n, d) : byExpansion(n, d);
  return Math.min(1, Math.max(0, 1 - below));
}
