import { AssayError, type ScopeGateStatistics } from '@assay/schema';

/**
 * Squared Mahalanobis distance `(x - mean)' precision (x - mean)` (Mahalanobis 1936; as a measure of how far an
 * input lies from the training data: Lee et al. 2018). Under a Gaussian it follows chi-squared with D degrees.
 *
 * @param point `[D]`
 * @returns at least 0 for a positive semi-definite precision
 * @throws AssayError `invalid-package` where the sizes do not agree
 */
export function squaredMahalanobis(point: ArrayLike<number>, statistics: ScopeGateStatistics): number {
  const { mean, precision } = statistics;
  const size = mean.length;
  const isTriangle = precision.length === (size * (size + 1)) / 2;
  if (point.length !== size || !(isTriangle || precision.length === size * size)) {
    throw new AssayError(
      'invalid-package',
      `The scope gate needs a mean of D and a precision of D × D numbers, or its upper triangle, for embeddings of ` +
        `D = ${point.length}; the package has ${size} and ${precision.length}.`,
    );
  }
  const offset = Float64Array.from(mean, (centre, i) => point[i]! - centre);
  let distance = 0;
  let at = 0;
  for (let row = 0; row < size; row++) {
    let product = 0;
    if (isTriangle) {
      product += 0.5 * precision[at++]! * offset[row]!;
      for (let column = row + 1; column < size; column++) product += precision[at++]! * offset[column]!;
      product *= 2;
    } else for (let column = 0; column < size; column++) product += precision[at++]! * offset[column]!;
    distance += product * offset[row]!;
  }
  return distance;
}
