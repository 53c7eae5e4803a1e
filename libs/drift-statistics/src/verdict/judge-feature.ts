import type { DriftProfile } from '@assay/schema';
import { total } from '../counts.ts';
import { fisherExact } from '../hypothesis-tests/fisher-exact.ts';
import type { FrozenReference } from '../profiles/frozen-reference.ts';
import { STEPS } from '../profiles/profile-records.ts';
import { categoricalEffect, categoricalPValue, pairCategories } from './categorical-evidence.ts';
import {
  detectableShares,
  detectableShift,
  type Sensitivity,
  type SensitivityOptions,
} from './detectable-effect.ts';
import { describeCategories, describePart, describeShare, describeShift } from './direction.ts';
import { numericEffectCeiling } from './null-effect-ceiling.ts';
import { nullEffect, type NullEffectOptions } from './null-effect.ts';
import { binnedDeviation, numericEffect, numericPValue } from './numeric-evidence.ts';

/** How an effect is measured. */
export type EffectMeasure = 'wasserstein' | 'jensen-shannon' | 'share' | 'maximum-mean-discrepancy';

/** What chance reaches is asked for. */
export interface ChanceOptions extends Pick<NullEffectOptions, 'level' | 'cache'> {
  /** Where it is sure to be less than that, 0 will do: nothing has to be simulated. */
  least?: number;
}

/** Up to this level a ceiling is known. */
const CEILING_LEVEL = 0.995;

/** What is known of one feature before the family is judged. */
export interface Evidence {
  feature: string;
  /** Its values, or whether there are any. */
  aspect: 'values' | 'missing';
  /** Reference inputs and window records with a value (of `missing`: all). */
  reference: number;
  current: number;
  /** Uncorrected, 0 to 1. */
  pValue: number;
  measure: EffectMeasure;
  /** NaN where there is no value. */
  effect: number;
  /** The change in words. */
  direction: string;
  /** Limits of its own, in the unit of the effect; those of its measure where left out. */
  limits?: { floor: number; worthSeeing: number };
  /** What chance alone reaches in a share `level` of windows of this size. */
  chance: (options: ChanceOptions) => number;
  /** What this size can see. */
  sensitivity: (options: Pick<SensitivityOptions, 'level' | 'power' | 'worthSeeing'>) => Sensitivity;
}

type Counts = DriftProfile['features'][string];
type Feature = FrozenReference['features'][string];

/** A feature of the reference and what a window counted of it. */
export interface Comparison {
  feature: Feature;
  counts: Counts;
  /** Names the reference; simulated thresholds are kept under it. */
  digest: string;
}

/** Evidence about the values of a feature; `undefined` where the window counted another kind. */
export function valueEvidence(name: string, { feature, counts, digest }: Comparison): Evidence | undefined {
  const key = `${digest} ${name}`;
  if (feature.kind === 'numeric' && counts.kind === 'numeric') {
    const { edges, profile } = feature;
    const deviation = profile.deviation > 0 ? profile.deviation : undefined;
    const pair = { edges, deviation, reference: feature.counts, current: counts.counts };
    const sizes = [total(pair.reference), total(pair.current)] as const;
    const effect = numericEffect(pair);
    const spread = (counts: ArrayLike<number>) => binnedDeviation(edges, counts);
    const shift = {
      mean: counts.sum / STEPS / sizes[1],
      spread: spread(pair.current) / spread(pair.reference),
    };
    return {
      ...{ feature: name, aspect: 'values' as const, reference: sizes[0], current: sizes[1] },
      pValue: numericPValue(pair),
      measure: deviation === undefined ? 'share' : 'wasserstein',
      effect,
      direction:
        sizes[1] === 0
          ? 'no values'
          : deviation === undefined
            ? `always ${profile.mean} before, now others in ${describePart(effect)}`
            : describeShift(name, { ...shift, effect }),
      chance: ({ least = 0, ...options }) =>
        deviation !== undefined &&
        options.level <= CEILING_LEVEL &&
        numericEffectCeiling({ edges, shares: pair.reference, deviation }, sizes) < least
          ? 0
          : nullEffect(
              pair.reference,
              (reference, current) => numericEffect({ ...pair, reference, current }),
              {
                ...options,
                ...{ key, sizes },
              },
            ),
      sensitivity: (options) => {
        const asked = { ...options, reference: sizes[0], current: sizes[1] };
        return deviation === undefined ? detectableShares(2, asked) : detectableShift(asked);
      },
    };
  }
  if (feature.kind === 'categorical' && counts.kind === 'categorical') {
    const pair = pairCategories(feature.profile.counts, counts.counts);
    const sizes = [total(pair.reference), total(pair.current)] as const;
    return {
      ...{ feature: name, aspect: 'values' as const, reference: sizes[0], current: sizes[1] },
      pValue: categoricalPValue(pair),
      measure: 'jensen-shannon',
      effect: categoricalEffect(pair),
      direction: sizes[1] === 0 ? 'no values' : describeCategories(pair),
      chance: (options) =>
        nullEffect(pair.reference, (reference, current) => categoricalEffect({ reference, current }), {
          ...options,
          key,
          sizes,
        }),
      sensitivity: (options) =>
        detectableShares(pair.categories.length, { ...options, reference: sizes[0], current: sizes[1] }),
    };
  }
  return undefined;
}

/** Evidence about the share of records without a usable value; `undefined` where neither sample has such. */
export function missingEvidence(
  name: string,
  { feature, counts }: Pick<Comparison, 'feature' | 'counts'>,
): Evidence | undefined {
  const before = feature.profile.missing;
  const present = total(Object.values<number>(counts.counts));
  const after = counts.missing + (counts.kind === 'numeric' ? counts.infinite : 0);
  if (before + after === 0) return undefined;
  const [m, n] = [feature.profile.count + before, present + after];
  const effect = Math.abs(before / m - after / n);
  return {
    ...{ feature: name, aspect: 'missing' as const, reference: m, current: n },
    pValue: n === 0 ? 1 : fisherExact([before, m - before], [after, n - after]).pValue,
    measure: 'share',
    effect,
    direction: n === 0 ? 'no records' : `missing ${describeShare(before / m, after / n)}`,
    // Fisher's test is exact: no distance has to be calibrated.
    chance: () => 0,
    sensitivity: (options) => detectableShares(2, { ...options, reference: m, current: n }),
  };
}
