import { decide, type Adjusted } from './bonferroni.ts';

/** Indices by ascending p-value; NaN last. */
export function ascending(pValues: readonly number[]): number[] {
  const key = (i: number) => (Number.isNaN(pValues[i]) ? Infinity : pValues[i]!);
  return pValues.map((_, i) => i).sort((a, b) => (key(a) === key(b) ? a - b : key(a) - key(b)));
}

/**
 * Holm's step-down correction (1979): the i-th smallest p-value times k − i + 1, kept ascending. Controls the family-wise error as
 * Bonferroni does, under any dependence, and never rejects less.
 *
 * @param level Family-wise error rate, 0 to 1; default 0.05.
 */
export function holm(pValues: readonly number[], level = 0.05): Adjusted {
  const adjusted = pValues.map(() => NaN);
  let largest = 0;
  ascending(pValues).forEach((index, rank) => {
    const p = pValues[index]!;
    if (Number.isNaN(p)) return;
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = largest;
  });
  return decide(adjusted, level);
}
