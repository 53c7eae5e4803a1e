import { at, confidenceOf, predictedClass, type Scores } from './scores.ts';

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

/** Area under the risk–coverage curve: mean error rate over all coverages, 0 (best) to 1. */
export function areaUnderRiskCoverage(points: readonly CoveragePoint[]): number {
  let area = 0;
  let before = 0;
  for (const point of points) {
    area += (point.coverage - before) * (1 - point.right / point.answered);
    before = point.coverage;
  }
  return area;
}
