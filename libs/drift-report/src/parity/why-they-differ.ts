import type { FeatureReport } from '@assay/schema';
import { numberWords } from '../wording/numbers.ts';
import type { ColumnTest } from './evidently-test.ts';

/** What the sentence speaks of. */
export interface Difference {
  other: ColumnTest;
  own: FeatureReport;
  /** Columns that the other tool looked at. */
  columns: number;
  /** Level of this look. */
  level: number;
}

/** Why two verdicts on a column differ, in a plain sentence; `undefined` where they agree. */
export function whyTheyDiffer(difference: Difference): string | undefined {
  const { other, own } = difference;
  if (other.drifted === (own.verdict === 'drifted')) return undefined;
  return other.drifted ? tooLoud(difference) : tooQuiet(difference);
}

/** The other tool alarms alone. */
function tooLoud({ other, own, columns, level }: Difference): string {
  const score = numberWords(other.score ?? 0);
  const effect = own.effect === null ? undefined : numberWords(own.effect);
  if (own.effect !== null && own.effect < own.threshold) {
    if (other.byPValue)
      return `p = ${score} is below ${other.threshold}, but the effect of ${effect!} is below ${numberWords(own.threshold)}: what is significant need not matter.`;
    return `The distance of ${score} is above ${other.threshold}, but at ${own.reference} against ${own.current} records chance alone reaches ${numberWords(own.threshold)}.`;
  }
  if (other.byPValue)
    return `p = ${score} is below ${other.threshold}, which chance alone brings in about ${numberWords(0.05 * columns)} of ${columns} columns; corrected for all of them it is ${numberWords(own.adjusted)}, against a level of ${numberWords(level)}.`;
  return `The distance of ${score} is above ${other.threshold}, but no test says that it is more than chance: corrected p = ${numberWords(own.adjusted)}, against a level of ${numberWords(level)}.`;
}

/** Only this report alarms. */
function tooQuiet({ other, own }: Difference): string {
  if (other.score === null) return 'There is no score where a column is empty.';
  const score = numberWords(other.score);
  if (other.byPValue)
    return `p = ${score} is not below ${other.threshold}; the corrected p-value here, ${numberWords(own.adjusted)}, comes from tests that see shifts, shapes and rare values each.`;
  return `The distance of ${score} is below the fixed ${other.threshold}; here ${numberWords(own.effect ?? 0)} is both significant (p = ${numberWords(own.adjusted)}) and above ${numberWords(own.threshold)}.`;
}
