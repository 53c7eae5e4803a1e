import { at } from './scores.ts';

/**
 * Area under the ROC curve: the chance that a random positive scores above a random negative, a tie counting
 * one half (Mann–Whitney). NaN unless both classes occur.
 *
 * @param positive 1 where the row is positive, else 0.
 */
export function areaUnderRoc(scores: ArrayLike<number>, positive: ArrayLike<number>): number {
  let rankSum = 0;
  let positives = 0;
  let seen = 0;
  for (const group of tiedGroups(scores, positive)) {
    // Ranks of the group are seen + 1 … seen + size; each member gets their mean.
    rankSum += group.positives * (seen + (group.size + 1) / 2);
    positives += group.positives;
    seen += group.size;
  }
  const negatives = seen - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * Average precision: precision at each distinct threshold weighted by the recall it adds, without
 * interpolation (scikit-learn's definition). NaN without positives.
 */
export function averagePrecision(scores: ArrayLike<number>, positive: ArrayLike<number>): number {
  let sum = 0;
  let hits = 0;
  let seen = 0;
  for (const group of tiedGroups(scores, positive).reverse()) {
    hits += group.positives;
    seen += group.size;
    sum += group.positives * (hits / seen);
  }
  return sum / hits;
}

/** Rows of equal score, lowest score first. */
function tiedGroups(
  scores: ArrayLike<number>,
  positive: ArrayLike<number>,
): { size: number; positives: number }[] {
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row);
  order.sort((a, b) => at(scores, a) - at(scores, b));
  const groups: { size: number; positives: number }[] = [];
  let last = Number.NaN;
  for (const row of order) {
    const score = at(scores, row);
    if (score !== last) groups.push({ size: 0, positives: 0 });
    last = score;
    const group = groups[groups.length - 1] as { size: number; positives: number };
    group.size++;
    group.positives += at(positive, row);
  }
  return groups;
}
