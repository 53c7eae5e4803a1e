import type { DriftVerdict } from '@assay/schema';

/** A verdict as a word of a heading. */
export const verdictWords: Readonly<Record<DriftVerdict, string>> = {
  drifted: 'Drifted',
  stable: 'Stable',
  'insufficient-data': 'Not enough data',
};

/** What stands beside the word on a terminal: shapes that differ without colour. */
export const verdictSigns: Readonly<Record<DriftVerdict, string>> = {
  drifted: '▲',
  stable: '✓',
  'insufficient-data': '?',
};

/** Drifted before undecided before stable. */
export const verdictOrder: Readonly<Record<DriftVerdict, number>> = {
  drifted: 0,
  'insufficient-data': 1,
  stable: 2,
};

/** A summary without the verdict that it begins with, for where the verdict stands beside it. */
export function withoutVerdict(summary: string): string {
  const rest = summary.replace(/^(?:Drifted|Stable|Too little data): /, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
