const STEPS = 25;

/** Solves the positive definite system `matrix · x = right` in place by Cholesky's factorisation. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) matrix[j]![j]! -= matrix[j]![k]! ** 2;
    matrix[j]![j] = Math.sqrt(matrix[j]![j]!);
    for (let i = j + 1; i < size; i++) {
      for (let k = 0; k < j; k++) matrix[i]![j]! -= matrix[i]![k]! * matrix[j]![k]!;
      matrix[i]![j]! /= matrix[j]![j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) right[i]! -= matrix[i]![k]! * right[k]!;
    right[i]! /= matrix[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) right[i]! -= matrix[k]![i]! * right[k]!;
    right[i]! /= matrix[i]![i]!;
  }
  return right;
}

/**
 * Ridge logistic regression by Newton's method; the classes weigh alike whatever their sizes, the intercept is not penalised.
 *
 * @param rows `[N, d]`, about standardised.
 * @param labels `[N]`, both values present.
 * @param ridge Strength λ of the penalty λ |w|² / 2, above 0.
 * @returns the linear score of a row: the higher, the likelier `true`.
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly boolean[],
  ridge: number,
): (row: readonly number[]) => number {
  const size = rows[0]!.length + 1;
  const positives = labels.filter(Boolean).length;
  const weightOf = (label: boolean) => rows.length / 2 / (label ? positives : rows.length - positives);
  const weights = new Float64Array(size);
  const score = (row: readonly number[]) =>
    row.reduce((sum, value, k) => sum + value * weights[k]!, weights[size - 1]!);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size);
    const curvature = Array.from({ length: size }, () => new Float64Array(size));
    for (let k = 0; k < size; k++) {
      const penalty = k === size - 1 ? 1e-9 : ridge;
      gradient[k] = -penalty * weights[k]!;
      curvature[k]![k] = penalty;
    }
    rows.forEach((row, i) => {
      const weight = weightOf(labels[i]!);
      const probability = 1 / (1 + Math.exp(-score(row)));
      const pull = weight * (Number(labels[i]) - probability);
      const bend = weight * Math.max(1e-9, probability * (1 - probability));
      for (let k = 0; k < size; k++) {
        const value = k === size - 1 ? 1 : row[k]!;
        gradient[k]! += pull * value;
        const line = curvature[k]!;
        for (let l = 0; l <= k; l++) line[l]! += bend * value * (l === size - 1 ? 1 : row[l]!);
      }
    });
    const change = solve(curvature, gradient);
    let largest = 0;
    for (let k = 0; k < size; k++) {
      weights[k]! += change[k]!;
      largest = Math.max(largest, Math.abs(change[k]!));
    }
    if (largest < 1e-8) break;
  }
  return score;
}
