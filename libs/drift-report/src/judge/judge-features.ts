import {
  judgeFamily,
  windowEvidence,
  type Evidence,
  type FeatureVerdict,
  type FrozenReference,
  type ThresholdCache,
} from '@assay/drift-statistics';
import type { DriftProfile, DriftVerdict, FeatureReport } from '@assay/schema';
import { clip, LENGTHS } from '../wording/clean-text.ts';
import { groupOf, weightsOf } from './feature-groups.ts';
import { rankFeatures } from './rank-features.ts';
import { reportHistogram } from './report-histogram.ts';

/** A verdict of a family, as reports have it. */
export interface JudgedFeatures {
  verdict: DriftVerdict;
  /** In the order of {@link rankFeatures}. */
  features: FeatureReport[];
  moreNeeded?: number | undefined;
}

export interface JudgeFeaturesOptions {
  /** Chance of any false alarm in the family, 0 to 1. */
  alpha: number;
  /** Keeps simulated thresholds; they are named by the reference's digest, so leave it out for other references. */
  cache?: ThresholdCache | undefined;
  /** Evidence beside the profile's: operation, the embedding as a whole. */
  more?: readonly Evidence[];
}

/**
 * Judges a profile by a reference, with whatever other evidence there is, as one family.
 *
 * @throws `invalid-profile` where the profile was counted in another reference's bins.
 */
export function judgeFeatures(
  reference: FrozenReference,
  profile: DriftProfile,
  options: JudgeFeaturesOptions,
): JudgedFeatures {
  const { alpha, cache, more = [] } = options;
  const family = [...windowEvidence(reference, profile), ...more];
  const weight = weightsOf(family.map(({ feature }) => feature));
  const judged = judgeFamily(family, { alpha, weight, ...(cache ? { cache } : {}) });
  return {
    verdict: judged.verdict,
    features: rankFeatures(judged.features).map((one) => reportOf(one, reference, profile)),
    moreNeeded: judged.moreNeeded,
  };
}

const share = (value: number) => Math.min(1, Math.max(0, Number.isNaN(value) ? 1 : value));
const finite = (value: number) => (Number.isFinite(value) ? value : null);

/** In the report's terms: numbers that JSON lacks become `null`. */
function reportOf(
  verdict: FeatureVerdict & { follows?: string },
  reference: FrozenReference,
  profile: DriftProfile,
): FeatureReport {
  const { feature, aspect, moreNeeded, follows } = verdict;
  const [known, counts] = [reference.features[feature], profile.features[feature]];
  const histogram = aspect === 'values' && known && counts ? reportHistogram(known, counts) : undefined;
  return {
    ...{ feature, group: groupOf(feature), aspect, verdict: verdict.verdict },
    direction: clip(verdict.direction, LENGTHS.phrase),
    measure: verdict.measure,
    effect: finite(verdict.effect),
    threshold: verdict.threshold,
    pValue: share(verdict.pValue),
    adjusted: share(verdict.adjusted),
    ...{ reference: verdict.reference, current: verdict.current },
    detectable: finite(verdict.detectable),
    ...(moreNeeded === undefined ? {} : { moreNeeded }),
    ...(follows === undefined ? {} : { follows }),
    ...(histogram === undefined ? {} : { histogram }),
  };
}
