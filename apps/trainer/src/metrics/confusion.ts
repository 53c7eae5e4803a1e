import { at, predictedClass, type Scores } from './scores.ts';
import { once } from './statistic.ts';

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

/** Precision, recall and F1 of each class. */
export function classFigures(scores: Scores): ClassFigures[] {
  const known = (value: number) => (Number.isNaN(value) ? 0 : value);
  return classFiguresOf(scores)(once(scores.labels.length)).map(({ precision, recall, f1, support }) => ({
    precision: known(precision),
    recall: known(recall),
    f1: known(f1),
    support,
  }));
}

/** {@link classFigures} of rows that count more than once; NaN for a quotient of nothing by nothing. */
export function classFiguresOf(scores: Scores): (weights: ArrayLike<number>) => ClassFigures[] {
  const { labels, classes } = scores;
  const predicted = Int32Array.from(labels, (_, row) => predictedClass(scores, row));
  return (weights) => {
    const right = new Float64Array(classes);
    const support = new Float64Array(classes);
    const answered = new Float64Array(classes);
    for (let row = 0; row < labels.length; row++) {
      const truth = at(labels, row);
      const answer = at(predicted, row);
      const weight = at(weights, row);
      support[truth]! += weight;
      answered[answer]! += weight;
      if (truth === answer) right[truth]! += weight;
    }
    return Array.from(right, (hits, index) => ({
      precision: hits / at(answered, index),
      recall: hits / at(support, index),
      f1: (2 * hits) / (at(answered, index) + at(support, index)),
      support: at(support, index),
    }));
  };
}
