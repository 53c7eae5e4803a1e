import type { CategoryPair } from './categorical-evidence.ts';
import { total } from '../counts.ts';

/** What a higher and a lower value is called, by the feature's last name. */
const WORDS: Readonly<Record<string, readonly [higher: string, lower: string]>> = {
  'image.brightness': ['brighter', 'darker'],
  'image.contrast': ['more contrast', 'less contrast'],
  'image.sharpness': ['sharper', 'blurrier'],
  'image.saturation': ['more colourful', 'less colourful'],
  'image.redShare': ['redder', 'less red'],
  'image.greenShare': ['greener', 'less green'],
  'image.blueShare': ['bluer', 'less blue'],
  'image.entropy': ['richer in tones', 'poorer in tones'],
  'image.aspect': ['taller', 'wider'],
  'image.area': ['larger', 'smaller'],
  'image.width': ['wider', 'narrower'],
  'image.height': ['taller', 'lower'],
  'image.bytes': ['larger files', 'smaller files'],
  'image.jpegQuality': ['less compressed', 'more compressed'],
  confidence: ['more confident', 'less confident'],
  margin: ['more decided', 'less decided'],
  entropy: ['less certain', 'more certain'],
  'operation.latency': ['slower', 'faster'],
  scopeDistance: ['farther from the training data', 'closer to the training data'],
};

/** Below this part of the effect a shift of the mean is not what happened. */
const MOSTLY_SHIFT = 0.5;
/** Ratios of the standard deviations within this factor are no change of spread. */
const SPREAD = 1.2;

const signed = (value: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(Math.abs(value) < 10 ? 1 : 0)}`;

/** What {@link describeShift} tells in words. */
export interface Shift {
  /** Change of the mean, in standard deviations of the reference. */
  mean: number;
  /** Standard deviation of the current values over that of the reference. */
  spread: number;
  /** Wasserstein distance, in standard deviations of the reference. */
  effect: number;
}

/** The change of a numeric feature, for example `−1.4σ: darker`. */
export function describeShift(feature: string, { mean, spread, effect }: Shift): string {
  if (Math.abs(mean) >= MOSTLY_SHIFT * effect) {
    const [higher, lower] = WORDS[feature] ?? ['higher', 'lower'];
    return `${signed(mean)}σ: ${mean > 0 ? higher : lower}`;
  }
  if (spread > SPREAD) return `${spread.toFixed(1)} times the spread`;
  if (spread < 1 / SPREAD) return `${spread.toFixed(1)} times the spread: more alike`;
  return `another shape, about the same mean and spread`;
}

/** A share of the records, for example `12 %`. */
export const describePart = (share: number) => {
  const value = 100 * share;
  return `${value >= 10 || value === 0 ? value.toFixed(0) : value.toFixed(1)} %`;
};

/** A share before and after, for example `91 % → 55 %`. */
export function describeShare(reference: number, current: number): string {
  return `${describePart(reference)} → ${describePart(current)}`;
}

/** The category whose share changed most, for example `jpeg 91 % → 55 %`, and those that the reference never had. */
export function describeCategories({ categories, reference, current }: CategoryPair): string {
  const [m, n] = [total(reference), total(current)];
  const change = (i: number) => Math.abs(reference[i]! / m - current[i]! / n);
  const most = categories.reduce((best, _, i) => (change(i) > change(best) ? i : best), 0);
  const said = `${categories[most]!} ${describeShare(reference[most]! / m, current[most]! / n)}`;
  const unseen = categories.filter((_, i) => reference[i] === 0 && i !== most);
  return unseen.length === 0 ? said : `${said}; never seen before: ${unseen.slice(0, 3).join(', ')}`;
}

/** How far points moved on average over their coordinates, for example `0.4σ on average over its dimensions`. */
export function describeMean(shift: number): string {
  return `${shift.toFixed(shift < 10 ? 1 : 0)}σ on average over its dimensions`;
}
