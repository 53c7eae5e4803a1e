import { groupOf } from './feature-groups.ts';

/** What ranking needs to know of a feature. */
export interface Rankable {
  feature: string;
  aspect: 'values' | 'missing';
  verdict: 'stable' | 'drifted' | 'insufficient-data';
  /** `null` or NaN where the window has no value. */
  effect: number | null;
  threshold: number;
}

/** Input properties whose change changes another one: an image that is darker has less contrast and fewer tones, too. */
const CAUSES: Readonly<Record<string, readonly string[]>> = {
  'image.contrast': ['image.brightness'],
  'image.entropy': ['image.brightness', 'image.contrast', 'image.saturation'],
  'image.redShare': ['image.saturation'],
  'image.greenShare': ['image.saturation'],
  'image.blueShare': ['image.saturation'],
  'image.sharpness': ['image.jpegQuality', 'image.brightness', 'image.contrast'],
  'image.jpegQuality': ['image.format'],
  'image.area': ['image.width', 'image.height'],
  'image.bytes': [
    ...['image.format', 'image.jpegQuality', 'image.width', 'image.height', 'image.area'],
    ...['image.sharpness', 'image.brightness', 'image.contrast', 'image.saturation'],
  ],
};
/** A cause explains effects of up to so many times its own. */
const REACH = 3;

/** Effect in units of the threshold; −1 where there is none. */
export function strengthOf({ effect, threshold }: Pick<Rankable, 'effect' | 'threshold'>): number {
  if (effect === null || Number.isNaN(effect)) return -1;
  return threshold > 0 ? effect / threshold : effect > 0 ? Infinity : 0;
}

/** Whether a drift of `other` may be what changed `feature`. */
function causes(other: string, feature: string): boolean {
  if (other === feature) return false;
  const known = CAUSES[feature];
  if (known !== undefined) return known.includes(other);
  // How far inputs lie from the training data is a finding of its own: it speaks of content that no property describes.
  if (feature === 'scopeDistance') return false;
  const [from, to] = [groupOf(other), groupOf(feature)];
  return (
    (from === 'image' || from === 'feature') && (to === 'answer' || to === 'score' || to === 'embedding')
  );
}

/** The drifted feature that explains `one` most strongly, and what explains that in turn, up to the first cause. */
function rootOf<T extends Rankable>(one: T, drifted: readonly T[]): T | undefined {
  const [cause] = drifted
    .filter((other) => causes(other.feature, one.feature) && REACH * strengthOf(other) >= strengthOf(one))
    .sort((a, b) => strengthOf(b) - strengthOf(a));
  return cause && (rootOf(cause, drifted) ?? cause);
}

/**
 * Drifted features first, then by effect in units of the threshold; a drifted feature that follows from another drifted one stands
 * behind it, unless its effect is three times as large: so that the first one names the cause and not its loudest symptom.
 *
 * @returns the features in order, those that follow with the name of what explains them.
 */
export function rankFeatures<T extends Rankable>(features: readonly T[]): (T & { follows?: string })[] {
  const drifted = features.filter((one) => one.verdict === 'drifted' && one.aspect === 'values');
  return features
    .map((one) => {
      const root = drifted.includes(one) ? rootOf(one, drifted) : undefined;
      const strength = strengthOf(one);
      return {
        one: root === undefined ? one : { ...one, follows: root.feature },
        isDrifted: one.verdict === 'drifted',
        // No more than what it follows from.
        rank: root === undefined ? strength : Math.min(strength, strengthOf(root)),
        depth: root === undefined ? 0 : 1,
        strength,
      };
    })
    .sort(
      (a, b) =>
        Number(b.isDrifted) - Number(a.isDrifted) ||
        b.rank - a.rank ||
        a.depth - b.depth ||
        b.strength - a.strength,
    )
    .map(({ one }) => one);
}
