import { readFileSync } from 'node:fs';
import { at, type Scores } from './scores.ts';

/** `fixtures/scores-sklearn.json`: random logits of six classes and what scikit-learn and SciPy say of them. */
interface Oracle {
  labels: number[];
  logits: number[][];
  accuracy: number;
  top3: number;
  top5: number;
  logLoss: number;
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  macroF1: number;
  confusion: number[][];
  auroc: number;
  averagePrecision: number;
  positive: number[];
  scores: number[];
  ece: number;
  temperature: number;
  bias: number[];
}

export const oracle = JSON.parse(
  readFileSync(new URL('../../fixtures/scores-sklearn.json', import.meta.url), 'utf8'),
) as Oracle;

/** What scikit-learn says of the same scores, each row once and each as often as `weights` says. */
interface WeightedOracle {
  weights: number[];
  plain: Record<string, number>;
  weighted: Record<string, number>;
  binaryBrier: number;
  tests: {
    mcnemar: [number, number, number][];
    fisher: [number, number, number, number, number][];
    benjaminiHochberg: { p: number[]; q: number[] };
  };
}

/** `fixtures/metrics-sklearn.json`; the tests are SciPy's. */
export const weightedOracle = JSON.parse(
  readFileSync(new URL('../../fixtures/metrics-sklearn.json', import.meta.url), 'utf8'),
) as WeightedOracle;

/** Softmax of the oracle's logits. */
export function oracleScores(): Scores {
  const probabilities = oracle.logits.flatMap((row) => {
    const weights = row.map(Math.exp);
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  });
  return {
    probabilities: Float64Array.from(probabilities),
    labels: Int32Array.from(oracle.labels),
    classes: 6,
  };
}

/** Binary scores with the given probabilities of class 1. */
export function binaryScores(probabilities: readonly number[], labels: readonly number[]): Scores {
  return {
    probabilities: Float64Array.from(probabilities.flatMap((p) => [1 - p, p])),
    labels: Int32Array.from(labels),
    classes: 2,
  };
}

/** Each row as often as the weights say, written out. */
export function repeatRows(scores: Scores, weights: ArrayLike<number>): Scores {
  const rows = Array.from(weights).flatMap((weight, row) => new Array<number>(weight).fill(row));
  const probabilities = new Float64Array(rows.length * scores.classes);
  const labels = new Int32Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const source = at(rows, row);
    labels[row] = at(scores.labels, source);
    for (let index = 0; index < scores.classes; index++)
      probabilities[row * scores.classes + index] = at(scores.probabilities, source * scores.classes + index);
  }
  return { probabilities, labels, classes: scores.classes };
}
