import { normalSurvival } from './normal.ts';

/** Σ weight_k B(h_k)² of a Brownian bridge B at increasing times h_k in (0, 1). */
export interface BridgeForm {
  /** Distances of the times, the first from 0 and the last to 1: one more than weights, above 0, summing to 1. */
  gaps: ArrayLike<number>;
  /** Above 0. */
  weights: ArrayLike<number>;
}

/** The logarithm of the moment generating function and two derivatives. */
interface Cumulants {
  value: number;
  slope: number;
  curvature: number;
}

/** |w| below which the saddlepoint formula, which divides by it, would lose its digits. */
const LEAST_ROOT = 0.003;

/**
 * K(t) = −½ ln det(I − 2 t C W). A bridge is a Markov process, so that the inverse of its covariance C is tridiagonal: the
 * determinant is a product of pivots, each from the one before. `undefined` where a pivot is not positive: t is past the pole.
 */
function cumulants({ gaps, weights }: BridgeForm, t: number): Cumulants | undefined {
  let value = 0;
  let slope = 0;
  let curvature = 0;
  // The pivot of the row before, and its derivatives by t.
  let pivot = Infinity;
  let first = 0;
  let second = 0;
  for (let k = 0; k < weights.length; k++) {
    const [before, after] = [1 / gaps[k]!, 1 / gaps[k + 1]!];
    const ratio = before / pivot;
    const bend = ratio * ratio * (second - (2 * first * first) / pivot);
    first = ratio * ratio * first - 2 * weights[k]!;
    second = bend;
    pivot = before + after - 2 * t * weights[k]! - before * ratio;
    if (!(pivot > 0)) return undefined;
    value -= Math.log(pivot * gaps[k]!) / 2;
    slope -= first / pivot / 2;
    curvature -= (second / pivot - (first / pivot) ** 2) / 2;
  }
  return { value: value - Math.log(gaps[weights.length]!) / 2, slope, curvature };
}

/** The formula of Lugannani & Rice at the saddlepoint `t`. */
function tailAt(t: number, { value, slope, curvature }: Cumulants): number {
  const root = Math.sign(t) * Math.sqrt(2 * (t * slope - value));
  return normalSurvival(root + Math.log((t * Math.sqrt(curvature)) / root) / root);
}

/**
 * P(Σ weight_k B(h_k)² ≥ x): a weighted sum of χ² variables, by the saddlepoint approximation of Lugannani & Rice in the form of Kuonen
 * (Biometrika 86, 1999). In the tail it lies above the truth: by a twentieth to a tenth, by a sixth at most.
 *
 * @param x From 0.
 * @returns 0 to 1.
 */
export function bridgeFormSurvival(form: BridgeForm, x: number): number {
  if (x <= 0) return 1;
  const centre = cumulants(form, 0)!;
  // Newton's steps on 1 / K', which is concave and nearly straight: from beyond the root they approach it steadily.
  let t = 0;
  let at = centre;
  for (let step = 0; step < 50 && Math.abs(at.slope - x) > 1e-9 * x; step++) {
    let next = t + (at.slope * (1 - at.slope / x)) / at.curvature;
    let there = cumulants(form, next);
    while (there === undefined) {
      next = (t + next) / 2;
      there = cumulants(form, next);
    }
    [t, at] = [next, there];
  }
  const least = LEAST_ROOT / Math.sqrt(centre.curvature);
  if (Math.abs(t) >= least) return tailAt(t, at);
  // Around the mean a straight line between both sides.
  const [before, after] = [cumulants(form, -least)!, cumulants(form, least)!];
  const part = (x - before.slope) / (after.slope - before.slope);
  return (1 - part) * tailAt(-least, before) + part * tailAt(least, after);
}
