import type { Stability } from '@assay/schema';

/** Changes that are named; further ones are counted. */
const NAMED = 3;

/** The outcome of a stability check in one sentence. */
export function describeStability({
  of,
  probability,
  decision,
  rows,
}: Pick<Stability, 'of' | 'probability' | 'rows'> & { readonly decision: string }): string {
  const all = [probability, ...rows.map((row) => row.probability)];
  const range = `the probability of "${of}" lies between ${percent(Math.min(...all))} and ${percent(Math.max(...all))}`;
  const flips = rows.filter((row) => row.flips).map(({ name }) => name);
  if (flips.length === 0) return `The answer stays "${decision}" under all ${rows.length} changes; ${range}.`;
  const further = flips.length > NAMED ? ` and ${flips.length - NAMED} more` : '';
  return (
    `The answer does not stay "${decision}" under ${flips.length} of ${rows.length} changes ` +
    `(${flips.slice(0, NAMED).join('; ')}${further}); ${range}: do not rely on it.`
  );
}

const percent = (probability: number) => `${(100 * probability).toFixed(0)} %`;
