import { at } from '../metrics/scores.ts';

/**
 * Lower triangular `L` with `L Lᵀ = A`.
 *
 * @param matrix Symmetric positive definite `[size, size]`, row-major.
 * @throws RangeError if the matrix is not positive definite.
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let sum = at(matrix, row * size + column);
      for (let k = 0; k < column; k++) sum -= at(lower, row * size + k) * at(lower, column * size + k);
      if (row !== column) lower[row * size + column] = sum / at(lower, column * size + column);
      else if (sum > 0) lower[row * size + row] = Math.sqrt(sum);
      else throw new RangeError('The matrix is not positive definite.');
    }
  return lower;
}

/** Solves `A x = b` with the factor of {@link cholesky}. */
export function choleskySolve(lower: Float64Array, size: number, right: ArrayLike<number>): Float64Array {
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let sum = at(solution, row);
    for (let k = 0; k < row; k++) sum -= at(lower, row * size + k) * at(solution, k);
    solution[row] = sum / at(lower, row * size + row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = at(solution, row);
    for (let k = row + 1; k < size; k++) sum -= at(lower, k * size + row) * at(solution, k);
    solution[row] = sum / at(lower, row * size + row);
  }
  return solution;
}

/** Inverse of a symmetric positive definite matrix `[size, size]`. */
export function invertPositiveDefinite(matrix: Float64Array, size: number): Float64Array {
  const lower = cholesky(matrix, size);
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    unit.fill(0);
    unit[column] = 1;
    const solution = choleskySolve(lower, size, unit);
    for (let row = 0; row < size; row++) inverse[row * size + column] = at(solution, row);
  }
  return inverse;
}
