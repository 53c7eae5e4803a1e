import { rightAnswers } from './accuracy.ts';
import { at, confidenceOf, predictedClass, type Scores } from './scores.ts';
import type { Statistic } from './statistic.ts';

/** Answering only when the confidence is at least `threshold`. */
export interface CoveragePoint {
  threshold: number;
  /** Share of the rows that are answered, 0 to 1. */
  coverage: number;
  /** Rows answered, and those of them answered right. */
  answered: number;
  right: number;
}

/** The risk–coverage curve (El-Yaniv and Wiener 2010): one point per distinct confidence, surest first. */
export function riskCoverage(scores: Scores): CoveragePoint[] {
  const rows = scores.labels.length;
  const confidence = Float64Array.from({ length: rows }, (_, row) => confidenceOf(scores, row));
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  order.sort((a, b) => at(confidence, b) - at(confidence, a));
  const points: CoveragePoint[] = [];
  let right = 0;
  for (const [position, row] of order.entries()) {
    if (predictedClass(scores, row) === scores.labels[row]) right++;
    const threshold = at(confidence, row);
    const next = order[position + 1];
    if (next !== undefined && confidence[next] === threshold) continue;
    points.push({ threshold, coverage: (position + 1) / rows, answered: position + 1, right });
  }
  return points;
}

/** So many points draw the curve. */
const drawn = 100;

/** About a hundred points of a curve, evenly over the coverage, the last among them. */
export function thinned(points: readonly CoveragePoint[]): CoveragePoint[] {
  let last = -1;
  return points.filter((point, index) => {
    const step = Math.floor(point.coverage * drawn);
    if (step === last && index < points.length - 1) return false;
    last = step;
    return true;
  });
}

/** Area under the risk–coverage curve: mean error rate over all coverages, 0 (best) to 1. */
export function areaUnderRiskCoverageOf(scores: Scores): Statistic {
  const confidence = Float64Array.from(scores.labels, (_, row) => confidenceOf(scores, row));
  const right = rightAnswers(scores);
  const order = Uint32Array.from(scores.labels, (_, row) => row);
  order.sort((a, b) => at(confidence, b) - at(confidence, a));
  return (weights) => {
    let area = 0;
    let answered = 0;
    let hits = 0;
    let group = 0;
    for (let position = 0; position < order.length; position++) {
      const row = at(order, position);
      const weight = at(weights, row);
      group += weight;
      answered += weight;
      hits += weight * at(right, row);
      const next = order[position + 1];
      if (group === 0 || (next !== undefined && confidence[next] === confidence[row])) continue;
      area += group * (1 - hits / answered);
      group = 0;
    }
    return area / answered;
  };
}
