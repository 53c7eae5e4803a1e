import { holm } from '../multiplicity/holm.ts';
import type { EffectMeasure, Evidence } from './judge-feature.ts';
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
 * of a share; for MMD with the median's bandwidth what a tenth of a deviation in every dimension makes, √(0.1² / e). Worth seeing: half
 * a deviation, Cohen's large change of shares (w = 0.5); the same for MMD, at the most.
 */
export const DEFAULT_LIMITS: EffectLimits = {
  floor: { wasserstein: 0.1, 'jensen-shannon': 0.1, share: 0.05, 'maximum-mean-discrepancy': 0.06 },
  worthSeeing: { wasserstein: 0.5, 'jensen-shannon': 0.18, share: 0.18, 'maximum-mean-discrepancy': 0.3 },
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

export interface FamilyVerdict {
  verdict: Verdict;
  /** Family-wise significance level of this look. */
  alpha: number;
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
  /**
   * How much of the level a feature may claim, above 0; default 1 for all. Features that say one thing in many numbers, such as the dimensions
   * of an embedding, claim little each, so that they do not take the power from the others.
   */
  weight?: (feature: string) => number;
  /** Keeps simulated thresholds between calls. */
  cache?: ThresholdCache;
}

/** Share of windows without drift whose effect lies below the calibrated threshold. */
const CHANCE_LEVEL = 0.95;

/** Verdicts count as judged where this share of them, by weight, is not insufficient. */
const MOST = 0.5;

/**
 * Judges a family of features. One has drifted where its p-value, corrected by Holm over the family, is at most alpha **and** its effect
 * reaches its threshold: small windows do not alarm by chance, large ones not by trifles. The family has drifted if any feature has;
 * data are insufficient where none has and half of the features could hide an effect worth seeing.
 */
export function judgeFamily(family: readonly Evidence[], options: JudgeOptions = {}): FamilyVerdict {
  const { alpha = 0.05, power = 0.8, limits = DEFAULT_LIMITS, weight, cache } = options;
  const weights = family.map(({ feature }) => weight?.(feature) ?? 1);
  const all = weights.reduce((sum, one) => sum + one, 0);
  const { adjusted, rejected } = holm(
    family.map(({ pValue }) => pValue),
    alpha,
    weights,
  );
  const features = family.map((evidence, i): FeatureVerdict => {
    const { measure, effect, current } = evidence;
    const { floor, worthSeeing } = evidence.limits ?? {
      floor: limits.floor[measure],
      worthSeeing: limits.worthSeeing[measure],
    };
    const chance = current === 0 ? 0 : evidence.chance({ level: CHANCE_LEVEL, cache, least: floor });
    const threshold = Math.max(floor, chance);
    const sensitivity = evidence.sensitivity({
      level: Math.max(Number.MIN_VALUE, (alpha * weights[i]!) / all),
      power,
      worthSeeing,
    });
    const drifted = alpha > 0 && rejected[i]! && effect >= threshold;
    const seeing = sensitivity.effect <= worthSeeing;
    const { chance: _chance, sensitivity: _sensitivity, limits: _limits, ...facts } = evidence;
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
  const weigh = (verdicts: readonly FeatureVerdict[]) =>
    verdicts.reduce((sum, { feature }) => sum + (weight?.(feature) ?? 1), 0);
  const verdict = features.some((one) => one.verdict === 'drifted')
    ? 'drifted'
    : features.length === 0 || weigh(short) > MOST * all
      ? 'insufficient-data'
      : 'stable';
  return {
    ...{ verdict, alpha, features },
    moreNeeded: verdict === 'insufficient-data' ? mostNeed(short, weigh, all) : undefined,
  };
}

/** How many more records leave half of the features, by weight, insufficient at most; `undefined` where none do. */
function mostNeed(
  short: readonly FeatureVerdict[],
  weigh: (verdicts: readonly FeatureVerdict[]) => number,
  all: number,
): number | undefined {
  const need = ({ moreNeeded = Infinity }: FeatureVerdict) => moreNeeded;
  const ordered = short.toSorted((a, b) => need(a) - need(b));
  const enough = ordered.findIndex((_, i) => weigh(ordered.slice(i + 1)) <= MOST * all);
  const needed = ordered[enough];
  return needed && need(needed) < Infinity ? need(needed) : undefined;
}
