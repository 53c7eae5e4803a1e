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

/** Least |w| of the saddlepoint formula, which divides by it: about 0.00004 in the probability. */
const LEAST_ROOT = 1e-4;

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

/**
 * P(Σ weight_k B(h_k)² ≥ x): a weighted sum of χ² variables, by the saddlepoint approximation of Lugannani & Rice in the form of Kuonen
 * (Biometrika 86, 1999). Within two percent of itself far into the tail.
 *
 * @param x From 0.
 * @returns 0 to 1.
 */
export function bridgeFormSurvival(form: BridgeForm, x: number): number {
  if (x <= 0) return 1;
  const centre = cumulants(form, 0)!;
  // K' ascends from 0 to its pole: the root lies between two bounds that are doubled until they hold it.
  const upwards = x >= centre.slope;
  const step = (upwards ? 1 : -1) / Math.sqrt(centre.curvature);
  const isBefore = (t: number) => {
    const at = cumulants(form, t);
    return at !== undefined && at.slope < x;
  };
  let inner = 0;
  let outer = step;
  while (isBefore(outer) === upwards) {
    inner = outer;
    outer *= 2;
  }
  for (let i = 0; i < 60; i++) {
    const middle = (inner + outer) / 2;
    if (isBefore(middle) === upwards) inner = middle;
    else outer = middle;
  }
  const t = Math.abs(inner) < Math.abs(LEAST_ROOT * step) ? LEAST_ROOT * step : inner;
  const at = cumulants(form, t)!;
  const square = 2 * (t * at.slope - at.value);
  const root = Math.sign(t) * Math.sqrt(Math.max(0, square));
  return normalSurvival(root + Math.log((t * Math.sqrt(at.curvature)) / root) / root);
}
