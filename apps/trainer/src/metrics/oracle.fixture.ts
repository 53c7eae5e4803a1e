import { readFileSync } from 'node:fs';
import type { Scores } from './scores.ts';

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
