import { featureName } from '../wording/feature-name.ts';
import { groupOf } from './feature-groups.ts';

/** A feature within a sentence, for example `brightness`, `JPEG quality`; all dimensions of the embedding by one name. */
export function nameInSentence(feature: string): string {
  const group = groupOf(feature);
  if (group === 'embedding') return 'embedding';
  const { title } = featureName(feature);
  // What callers name keeps its letters, as abbreviations do.
  return group === 'feature' || /^.?[A-Z]/.test(title.slice(1))
    ? title
    : title.charAt(0).toLowerCase() + title.slice(1);
}
