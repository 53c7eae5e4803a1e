import type { Evaluation } from '../metrics/evaluate-scores.ts';

/** Figures are ratios of counts; equal losses must not differ by rounding. */
const rounding = 1e-9;

/**
 * Whether a smaller model may answer in place of the full one: it loses at most `budget` points (0 to 1) of accuracy, and of
 * AUROC where the task has a positive label. The smaller one may be better. A figure that is not a number is a loss.
 */
export function isWithinBudget(
  full: Pick<Evaluation, 'metrics'>,
  smaller: Pick<Evaluation, 'metrics'>,
  budget: number,
): boolean {
  const figures = ['accuracy', 'auroc'].filter((name) => full.metrics[name] !== undefined);
  return figures.every(
    (name) => full.metrics[name]! - (smaller.metrics[name] ?? Number.NaN) <= budget + rounding,
  );
}
