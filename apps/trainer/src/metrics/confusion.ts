import { at, predictedClass, type Scores } from './scores.ts';

/** Counts `[true class][predicted class]`. */
export function confusionMatrix(scores: Scores): number[][] {
  const matrix = Array.from({ length: scores.classes }, () => new Array<number>(scores.classes).fill(0));
  for (let row = 0; row < scores.labels.length; row++) {
    const line = matrix[at(scores.labels, row)]!;
    line[predictedClass(scores, row)]!++;
  }
  return matrix;
}

/** How one class fared. A quotient of nothing by nothing is 0, as in scikit-learn. */
export interface ClassFigures {
  /** Share of the answers "this class" that were right, 0 to 1. */
  precision: number;
  /** Share of the rows of this class that were found, 0 to 1. */
  recall: number;
  /** Harmonic mean of precision and recall. */
  f1: number;
  /** Rows of this class. */
  support: number;
}

/** Precision, recall and F1 of each class of a confusion matrix. */
export function classFigures(matrix: readonly (readonly number[])[]): ClassFigures[] {
  return matrix.map((line, index) => {
    const right = line[index] ?? 0;
    const support = line.reduce((sum, count) => sum + count, 0);
    const answered = matrix.reduce((sum, other) => sum + (other[index] ?? 0), 0);
    return {
      precision: ratio(right, answered),
      recall: ratio(right, support),
      f1: ratio(2 * right, answered + support),
      support,
    };
  });
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
