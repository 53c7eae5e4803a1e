/** Largest step of the trapezoidal rule, exact to float64 because the integrand falls doubly exponentially; a large z needs finer ones. */
const LARGEST_STEP = 0.0625;

/**
 * Modified Bessel function of the second kind times e^z: e^z K_order(z) = ∫ from 0 of e^(−z (cosh t − 1)) cosh(order t) dt
 * (DLMF 10.32.9), z > 0.
 */
export function scaledBesselK(order: number, z: number): number {
  const step = Math.min(LARGEST_STEP, 0.6 / Math.sqrt(z));
  let sum = 0.5;
  for (let t = step; ; t += step) {
    const fall = 2 * z * Math.sinh(t / 2) ** 2;
    const term = Math.exp(-fall) * Math.cosh(order * t);
    sum += term;
    if (fall > 1 && term < sum * 1e-18) return sum * step;
  }
}
