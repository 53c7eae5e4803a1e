import type { Calibration } from '@assay/schema';
import { at } from '../metrics/scores.ts';
import { cholesky, choleskySolve } from './cholesky.ts';

/** Newton converges in a handful of steps on this convex problem; this bounds the odd case. */
const maximumSteps = 50;
/** Inverse temperatures below this would make every answer a shrug. */
const smallestScale = 0.02;

/**
 * Temperature and bias that make the probabilities honest: minimises the mean negative log likelihood of
 * `softmax(logits / temperature + bias)` (Guo et al. 2017, with a bias per label). The problem is convex in
 * `1 / temperature` and the bias. Gaussian priors around "no change" keep both finite when the rows are few or all right:
 * a wide one on the scale, and a narrow one on the bias, because training saw the labels in the same shares, so that what a
 * few hundred rows say of the bias is mostly chance.
 *
 * @param logits Raw `[N, classes]`, row-major, of the validation split.
 * @param labels True class of each row.
 * @returns The bias sums to 0.
 */
export function fitCalibration(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Calibration {
  const size = classes + 1;
  let parameters = new Float64Array(size);
  parameters[0] = 1;
  let current = objective(logits, labels, parameters);
  for (let step = 0; step < maximumSteps; step++) {
    const { gradient, hessian } = derivatives(logits, labels, parameters);
    const direction = choleskySolve(cholesky(hessian, size), size, gradient);
    const slope = direction.reduce((sum, value, index) => sum + value * at(gradient, index), 0);
    if (slope < 1e-12) break;
    let stride = 1;
    let next: number;
    let moved: Float64Array<ArrayBuffer>;
    // Backtracking with Armijo's condition.
    do {
      moved = parameters.map((value, index) => value - stride * at(direction, index));
      moved[0] = Math.max(smallestScale, at(moved, 0));
      next = objective(logits, labels, moved);
      stride /= 2;
    } while (next > current - 1e-4 * stride * slope && stride > 1e-8);
    if (!(next < current)) break;
    [parameters, current] = [moved, next];
  }
  const bias = Array.from(parameters.subarray(1));
  const mean = bias.reduce((sum, value) => sum + value, 0) / classes;
  return {
    temperature: 1 / at(parameters, 0),
    bias: bias.map((value) => value - mean),
  };
}

/** Mean negative log likelihood plus `(((1 / temperature - 1) / 1)² + |bias / 0.1|²) / 2N`. */
function objective(logits: ArrayLike<number>, labels: ArrayLike<number>, parameters: Float64Array): number {
  const classes = parameters.length - 1;
  const rows = labels.length;
  const probabilities = new Float64Array(classes);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const logNorm = softmax(logits, row, { parameters, probabilities });
    const truth = at(labels, row);
    sum += logNorm - (at(parameters, 0) * at(logits, row * classes + truth) + at(parameters, truth + 1));
  }
  for (let index = 0; index <= classes; index++)
    sum += (fromPrior(parameters, index) / priorDeviation(index)) ** 2 / 2;
  return sum / rows;
}

function derivatives(logits: ArrayLike<number>, labels: ArrayLike<number>, parameters: Float64Array) {
  const size = parameters.length;
  const classes = size - 1;
  const rows = labels.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const probabilities = new Float64Array(classes);
  for (let row = 0; row < rows; row++) {
    softmax(logits, row, { parameters, probabilities });
    const logit = (index: number) => at(logits, row * classes + index);
    const truth = at(labels, row);
    let mean = 0;
    let square = 0;
    for (let index = 0; index < classes; index++) {
      mean += at(probabilities, index) * logit(index);
      square += at(probabilities, index) * logit(index) ** 2;
    }
    gradient[0]! += mean - logit(truth);
    hessian[0]! += square - mean * mean;
    for (let i = 0; i < classes; i++) {
      const p = at(probabilities, i);
      gradient[i + 1]! += p - (i === truth ? 1 : 0);
      hessian[(i + 1) * size]! += p * (logit(i) - mean);
      for (let j = 0; j <= i; j++)
        hessian[(i + 1) * size + j + 1]! += p * ((i === j ? 1 : 0) - at(probabilities, j));
    }
  }
  for (let i = 0; i < size; i++) {
    const precision = 1 / priorDeviation(i) ** 2;
    gradient[i]! += fromPrior(parameters, i) * precision;
    hessian[i * size + i]! += precision;
    for (let j = 0; j < i; j++) hessian[j * size + i] = at(hessian, i * size + j);
  }
  return { gradient: gradient.map((value) => value / rows), hessian: hessian.map((value) => value / rows) };
}

/** Distance of a parameter from its prior mean: 1 for the scale, 0 for the bias. */
function fromPrior(parameters: Float64Array, index: number): number {
  return at(parameters, index) - (index === 0 ? 1 : 0);
}

/** Standard deviation of the prior: of the scale first, then of each bias in units of log odds. */
function priorDeviation(index: number): number {
  return index === 0 ? 1 : 0.1;
}

/** Fills `probabilities` for one row; returns the logarithm of the normaliser. */
function softmax(
  logits: ArrayLike<number>,
  row: number,
  target: { parameters: Float64Array; probabilities: Float64Array },
): number {
  const { parameters, probabilities } = target;
  const classes = probabilities.length;
  let highest = -Infinity;
  for (let index = 0; index < classes; index++) {
    const value = at(parameters, 0) * at(logits, row * classes + index) + at(parameters, index + 1);
    probabilities[index] = value;
    if (value > highest) highest = value;
  }
  let sum = 0;
  for (let index = 0; index < classes; index++) {
    const value = Math.exp(at(probabilities, index) - highest);
    probabilities[index] = value;
    sum += value;
  }
  for (let index = 0; index < classes; index++) probabilities[index] = at(probabilities, index) / sum;
  return highest + Math.log(sum);
}
