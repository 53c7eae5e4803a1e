import type { FeatureGroup } from '@assay/schema';

const PREFIXES: readonly (readonly [prefix: string, group: FeatureGroup])[] = [
  ['image.', 'image'],
  ['feature.', 'feature'],
  ['score.', 'score'],
  ['embedding', 'embedding'],
  ['operation.', 'operation'],
];

/** What a feature of the reference profile, or of operation, belongs to. */
export function groupOf(feature: string): FeatureGroup {
  return PREFIXES.find(([prefix]) => feature.startsWith(prefix))?.[1] ?? 'answer';
}

/** Groups whose features say one thing in many numbers. */
const REDUNDANT: readonly FeatureGroup[] = ['score', 'embedding'];
/** Ordinary features that such a group claims as much of the level as, at the most. */
const CLAIM = 4;

/**
 * How much of the level each feature may claim: 1, but for the scores per class and the dimensions of the embedding, which together claim as
 * much as four ordinary features. Thirty-two dimensions, or a hundred scores, are so correlated that each alone says little;
 * with equal claims they would take most of the level from the properties that name a cause.
 */
export function weightsOf(features: Iterable<string>): (feature: string) => number {
  const sizes = new Map<FeatureGroup, number>();
  for (const feature of features) sizes.set(groupOf(feature), (sizes.get(groupOf(feature)) ?? 0) + 1);
  return (feature) => {
    const group = groupOf(feature);
    return REDUNDANT.includes(group) ? Math.min(1, CLAIM / (sizes.get(group) ?? 1)) : 1;
  };
}
