import { AssayError, type DriftProfile } from '@assay/schema';
import { holm } from '../multiplicity/holm.ts';
import type { FrozenReference } from '../profiles/frozen-reference.ts';
import { missingEvidence, valueEvidence, type EffectMeasure, type Evidence } from './judge-feature.ts';
import type { ThresholdCache } from './null-effect.ts';

/** `insufficient-data`: no drift was found, and one worth seeing could have been missed. */
export type Verdict = 'stable' | 'drifted' | 'insufficient-data';

/** Effects that are no drift however significant they are, and effects that must not be missed, by measure. */
export interface EffectLimits {
  floor: Readonly<Record<EffectMeasure, number>>;
  worthSeeing: Readonly<Record<EffectMeasure, number>>;
}

/**
 * A tenth of a standard deviation; a Jensen–Shannon distance of 0.1, about a change of every share by 28 % of itself; five points
 * of a share. Worth seeing: half a deviation, Cohen's large change of shares (w = 0.5).
 */
export const DEFAULT_LIMITS: EffectLimits = {
  floor: { wasserstein: 0.1, 'jensen-shannon': 0.1, share: 0.05 },
  worthSeeing: { wasserstein: 0.5, 'jensen-shannon': 0.18, share: 0.18 },
};

export interface FeatureVerdict {
  feature: string;
  aspect: Evidence['aspect'];
  verdict: Verdict;
  /** The change in words, for example `−1.4σ: darker`. */
  direction: string;
  measure: EffectMeasure;
  /** NaN where the window has no value. */
  effect: number;
  /** The effect has to reach this: the floor, or what chance alone reaches in 95 % of such windows where that is more. */
  threshold: number;
  /** Before and after Holm's correction over the family. */
  pValue: number;
  adjusted: number;
  /** Inputs of the reference and records of the window that were compared. */
  reference: number;
  current: number;
  /** The least effect that would be found with the wanted power at this size. */
  detectable: number;
  /** How many more records are needed; only where data are insufficient and more could help. */
  moreNeeded?: number | undefined;
}

export interface WindowVerdict {
  verdict: Verdict;
  /** Family-wise significance level of this look. */
  alpha: number;
  records: number;
  /** Drifted ones first, then by effect in units of its threshold. */
  features: FeatureVerdict[];
  /** How many more records would let most features be judged; only where data are insufficient and more could help. */
  moreNeeded?: number | undefined;
}

export interface JudgeOptions {
  /** Chance of any false alarm in the family; default 0.05. Repeated looks: `spendAlpha`. */
  alpha?: number;
  /** Chance to find an effect worth seeing below which data are insufficient; default 0.8. */
  power?: number;
  limits?: EffectLimits;
  /** Keeps simulated thresholds between calls. */
  cache?: ThresholdCache;
}

/** Share of windows without drift whose effect lies below the calibrated threshold. */
const CHANCE_LEVEL = 0.95;

/** Verdicts count as judged where this share of them is not insufficient. */
const MOST = 0.5;

/**
 * Whether a window's records come from the reference's world. A feature has drifted where its p-value, corrected by Holm over all
 * features of the window, is at most alpha **and** its effect reaches its threshold: small windows do not alarm by chance, large ones
 * not by trifles. The window has drifted if any feature has; data are insufficient where none has and half of the features
 * could hide an effect worth seeing.
 *
 * @throws `invalid-profile` where the window was counted by another reference's bins.
 */
export function judgeWindow(
  reference: FrozenReference,
  window: DriftProfile,
  options: JudgeOptions = {},
): WindowVerdict {
  const { alpha = 0.05, power = 0.8, limits = DEFAULT_LIMITS, cache } = options;
  if (window.reference !== reference.digest)
    throw new AssayError(
      'invalid-profile',
      `Expected a window that was counted in the bins of reference ${reference.digest.slice(0, 12)}; got ${window.reference.slice(0, 12)}. Count it again.`,
    );
  const family = Object.entries(reference.features).flatMap(([name, feature]) => {
    const counts = window.features[name];
    if (counts === undefined) return [];
    const about = { feature, counts, digest: reference.digest };
    return [valueEvidence(name, about), missingEvidence(name, about)].filter((one) => one !== undefined);
  });
  const { adjusted, rejected } = holm(
    family.map(({ pValue }) => pValue),
    alpha,
  );
  const features = family.map((evidence, i): FeatureVerdict => {
    const { measure, effect, current } = evidence;
    const chance = current === 0 ? 0 : evidence.chance({ level: CHANCE_LEVEL, cache });
    const threshold = Math.max(limits.floor[measure], chance);
    const sensitivity = evidence.sensitivity({
      level: Math.max(Number.MIN_VALUE, alpha / family.length),
      power,
      worthSeeing: limits.worthSeeing[measure],
    });
    const drifted = alpha > 0 && rejected[i]! && effect >= threshold;
    const seeing = sensitivity.effect <= limits.worthSeeing[measure];
    const { chance: _chance, sensitivity: _sensitivity, ...facts } = evidence;
    return {
      ...facts,
      verdict: drifted ? 'drifted' : seeing ? 'stable' : 'insufficient-data',
      ...{ threshold, adjusted: adjusted[i]!, detectable: sensitivity.effect },
      moreNeeded:
        drifted || seeing || sensitivity.valuesNeeded === undefined
          ? undefined
          : Math.max(1, sensitivity.valuesNeeded - current),
    };
  });
  const strength = ({ effect, threshold }: FeatureVerdict) =>
    Number.isNaN(effect) ? -1 : effect / threshold;
  features.sort(
    (a, b) => Number(b.verdict === 'drifted') - Number(a.verdict === 'drifted') || strength(b) - strength(a),
  );
  const short = features.filter(({ verdict }) => verdict === 'insufficient-data');
  const verdict = features.some((one) => one.verdict === 'drifted')
    ? 'drifted'
    : features.length === 0 || short.length > MOST * features.length
      ? 'insufficient-data'
      : 'stable';
  const needed = short.map(({ moreNeeded }) => moreNeeded ?? Infinity).sort((a, b) => a - b);
  const enough = needed[Math.ceil(short.length - MOST * features.length) - 1];
  return {
    ...{ verdict, alpha, records: window.records, features },
    moreNeeded: verdict === 'insufficient-data' && enough !== Infinity ? enough : undefined,
  };
}
