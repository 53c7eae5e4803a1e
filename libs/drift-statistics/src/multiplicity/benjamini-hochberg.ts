import { decide, type Adjusted } from './bonferroni.ts';
import { ascending } from './holm.ts';

/**
 * Benjamini & Hochberg's step-up correction (1995): k p₍ᵢ₎ / i, kept ascending from the right. Of all rejections a share of at most `level`
 * is false on average, for independent or positively dependent tests. For slices, where many looks are cheap and none is final.
 *
 * @param level False discovery rate, 0 to 1; default 0.05.
 */
export function benjaminiHochberg(pValues: readonly number[], level = 0.05): Adjusted {
  const adjusted = pValues.map(() => NaN);
  let smallest = 1;
  const order = ascending(pValues);
  for (let rank = order.length; rank >= 1; rank--) {
    const index = order[rank - 1]!;
    const p = pValues[index]!;
    if (Number.isNaN(p)) continue;
    smallest = Math.min(smallest, (p * pValues.length) / rank);
    adjusted[index] = smallest;
  }
  return decide(adjusted, level);
}
