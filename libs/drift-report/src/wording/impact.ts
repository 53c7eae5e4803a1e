import type { PerformanceReport } from '@assay/schema';
import { countWords, intervalWords, percentWords, pointWords } from './numbers.ts';

/** Whether the drift costs accuracy. */
export interface Impact {
  /** `known`: from feedback; `likely`: from the confidences alone. */
  certainty: 'known' | 'likely' | 'none';
  change: 'worse' | 'same' | 'better';
  /** One plain sentence or two. */
  sentence: string;
}

/** The answer to "does it hurt?": feedback before expectation, and an interval before a number. */
export function impactOf(performance: PerformanceReport): Impact {
  const { before, expected, realised, change } = performance;
  if (change) {
    const [low, high] = change.interval;
    const records = realised ? `, from ${countWords(realised.records)} records with feedback` : '';
    const said = `${pointWords(change.change)} points, 95 % interval ${pointWords(low)} to ${pointWords(high)}${records}`;
    if (high < 0) return known('worse', `Yes: accuracy fell (${said}).`);
    if (low > 0) return known('better', `No: accuracy rose (${said}).`);
    return known('same', `No loss of accuracy can be shown (${said}).`);
  }
  if (realised)
    return known(
      'same',
      `Accuracy is ${percentWords(realised.share)} (${intervalWords(realised.interval)}) on ${countWords(realised.records)} records with feedback; the package does not say what it was before.`,
    );
  if (expected) {
    const said = `accuracy is expected at ${percentWords(expected.share)} (${intervalWords(expected.interval)})`;
    if (!before) return likely('same', `Without feedback, ${said}.`);
    const against = `against ${percentWords(before.share)} before`;
    if (expected.interval[1] < before.interval[0])
      return likely('worse', `Probably: without feedback, ${said} ${against}.`);
    if (expected.interval[0] > before.interval[1])
      return likely('better', `Probably not: without feedback, ${said} ${against}.`);
    return likely('same', `Probably not: without feedback, ${said} ${against}.`);
  }
  return {
    certainty: 'none',
    change: 'same',
    sentence: 'That cannot be said: there is no feedback, and no accuracy can be expected from the scores.',
  };
}

const known = (change: Impact['change'], sentence: string): Impact => ({
  certainty: 'known',
  change,
  sentence,
});
const likely = (change: Impact['change'], sentence: string): Impact => ({
  certainty: 'likely',
  change,
  sentence,
});
