const HALF_LOG_TWO_PI = 0.9189385332046727;

/** Coefficients of the asymptotic series of ln Γ, B(2k) / (2k (2k − 1)) (DLMF 5.11.1). */
const SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];

/** From here on eight terms of the series are exact to float64. */
const LARGE = 12;

function tail(x: number): number {
  const inverse = 1 / (x * x);
  return SERIES.reduceRight((sum, coefficient) => sum * inverse + coefficient, 0) / x;
}

/** Natural logarithm of the gamma function for x > 0. Absolute error below 1e-14 near its zeros 1 and 2, relative elsewhere. */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < LARGE) product *= shifted++;
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + tail(shifted) - Math.log(product);
}

/**
 * What Stirling's formula for ln Γ(x + 1) leaves out, x > 0: computed by itself, because in a difference of two large
 * logarithms it would drown (C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000).
 */
export function stirlingError(x: number): number {
  return x >= LARGE ? tail(x) : logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
}

/** x ln(x / m) + m − x without cancellation where x is close to m (Loader 2000, equation 5). */
export function deviance(x: number, m: number): number {
  if (x === 0) return m;
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let odd = 3; ; odd += 2) {
    term *= v * v;
    const next = sum + term / odd;
    if (next === sum) return sum;
    sum = next;
  }
}
