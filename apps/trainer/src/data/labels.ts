import type { Listed } from './sample.ts';

/** The labels that occur, in numeric order if all are numbers, else in code unit order. */
export function labelsOf(samples: readonly Listed[]): string[] {
  const labels = [...new Set(samples.map((sample) => sample.label))];
  const numeric = labels.every((label) => Number.isFinite(Number(label)));
  return numeric ? labels.sort((a, b) => Number(a) - Number(b)) : labels.sort();
}
