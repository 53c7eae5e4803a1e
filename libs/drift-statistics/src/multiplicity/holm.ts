import { decide, type Adjusted } from './bonferroni.ts';

/** Indices by ascending p-value; NaN last. */
export function ascending(pValues: readonly number[]): number[] {
  const key = (i: number) => (Number.isNaN(pValues[i]) ? Infinity : pValues[i]!);
  return pValues.map((_, i) => i).sort((a, b) => (key(a) === key(b) ? a - b : key(a) - key(b)));
}

/**
 * Holm's step-down correction (1979): the i-th smallest p-value times k − i + 1, kept ascending. Controls the family-wise error as
 * Bonferroni does, under any dependence, and never rejects less. With weights, p-values are ordered by p / w and each is multiplied by what
 * the weights of it and those after it sum up to, over its own.
 *
 * @param level Family-wise error rate, 0 to 1; default 0.05.
 * @param weights How much of the level each test may claim, above 0; default: all alike.
 */
export function holm(pValues: readonly number[], level = 0.05, weights?: readonly number[]): Adjusted {
  const weightOf = (i: number) => weights?.[i] ?? 1;
  const adjusted = pValues.map(() => NaN);
  let left = pValues.reduce((sum, _, i) => sum + weightOf(i), 0);
  let largest = 0;
  for (const index of ascending(pValues.map((p, i) => p / weightOf(i)))) {
    const p = pValues[index]!;
    if (!Number.isNaN(p)) {
      largest = Math.max(largest, Math.min(1, (p * left) / weightOf(index)));
      adjusted[index] = largest;
    }
    left -= weightOf(index);
  }
  return decide(adjusted, level);
}
