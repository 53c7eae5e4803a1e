import {
  benjaminiHochberg,
  DEFAULT_LIMITS,
  holm,
  valueEvidence,
  type Evidence,
  type FrozenReference,
  type ThresholdCache,
} from '@assay/drift-statistics';
import type { DriftProfile, SliceReport } from '@assay/schema';
import { groupOf, weightsOf } from '../judge/feature-groups.ts';
import { rankFeatures } from '../judge/rank-features.ts';
import { rebaseReference, restOf } from '../judge/rebase-reference.ts';
import { clip, LENGTHS } from '../wording/clean-text.ts';
import type { DriftWindow } from '../window/drift-window.ts';
import { isJudged } from './slice-features.ts';
import { sliceBase } from './slice-reference.ts';

/** Slices that are judged, the largest ones. */
const MOST_SLICES = 60;
/** Share of windows without drift whose effect lies below the calibrated threshold. */
const CHANCE_LEVEL = 0.95;
/** Groups that are left to the whole window: a slice is about causes. */
const LEFT_OUT = ['score', 'embedding'];

export interface JudgeSlicesOptions {
  /** Share of the slices called drifted that may be so by chance (Benjamini–Hochberg), 0 to 1. */
  level: number;
  cache?: ThresholdCache | undefined;
}

/** A feature that stands out in a slice. */
interface Outstanding {
  feature: string;
  direction: string;
  effect: number;
  threshold: number;
  /** Corrected by Holm within the slice. */
  adjusted: number;
}

function evidenceOf(
  reference: FrozenReference,
  profile: DriftProfile,
  judged: (feature: string) => boolean,
): Evidence[] {
  return Object.entries(reference.features).flatMap(([name, feature]) => {
    const counts = profile.features[name];
    if (counts === undefined || !judged(name)) return [];
    return valueEvidence(name, { feature, counts, digest: reference.digest }) ?? [];
  });
}

/** Features whose corrected p-value is at most `level` and whose effect reaches its threshold, the telling ones first. */
function outstanding(family: readonly Evidence[], { level, cache }: JudgeSlicesOptions): Outstanding[] {
  const weight = weightsOf(family.map(({ feature }) => feature));
  const { adjusted } = holm(
    family.map(({ pValue }) => pValue),
    level,
    family.map(({ feature }) => weight(feature)),
  );
  const found = family.flatMap((one, i) => {
    // Thresholds are simulated for those only that could stand out.
    const floor = DEFAULT_LIMITS.floor[one.measure];
    if (!(adjusted[i]! <= level) || !(one.effect >= floor)) return [];
    const threshold = Math.max(floor, one.chance({ level: CHANCE_LEVEL, cache, least: floor }));
    const { feature, aspect, direction, effect } = one;
    if (effect < threshold) return [];
    return [
      { feature, aspect, direction, effect, threshold, adjusted: adjusted[i]!, verdict: 'drifted' as const },
    ];
  });
  return rankFeatures(found);
}

/** Whether a slice of this size shows an effect worth seeing. */
function sees(family: readonly Evidence[], level: number): boolean {
  const one = family.find(({ measure, current }) => measure === 'wasserstein' && current > 0) ?? family[0];
  if (one === undefined || one.current === 0) return false;
  const worthSeeing = DEFAULT_LIMITS.worthSeeing[one.measure];
  const asked = { level: Math.max(Number.MIN_VALUE, level / family.length), power: 0.8, worthSeeing };
  return one.sensitivity(asked).effect <= worthSeeing;
}

/**
 * Judges parts of the window, each by itself: against the inputs of the reference that are like it where those are known, else against all;
 * and against the rest of the window, which tells what sets it apart. P-values are corrected within a slice by Holm and over the slices
 * by Benjamini & Hochberg. Slices by what was predicted are compared only where the package holds inputs of its reference:
 * classes differ from each other without any drift.
 *
 * @returns drifted ones first, then by what stands out, then by size.
 */
export function judgeSlices(
  window: Pick<DriftWindow, 'reference' | 'referenceSample' | 'profile' | 'slices'>,
  options: JudgeSlicesOptions,
): SliceReport[] {
  const { reference, referenceSample, profile } = window;
  const largest = [...window.slices]
    .filter(([name, slice]) => name.includes('=') && slice.records > 0)
    .sort(([a, x], [b, y]) => y.records - x.records || (a < b ? -1 : 1))
    .slice(0, MOST_SLICES);
  const level = options.level > 0 ? options.level : Number.MIN_VALUE;
  const judged = largest.flatMap(([name, slice]) => {
    const cut = name.indexOf('=');
    const [dimension, value] = [name.slice(0, cut), name.slice(cut + 1)];
    const isOpen = (feature: string) => isJudged(dimension, feature) && !LEFT_OUT.includes(groupOf(feature));
    const base = sliceBase({ dimension, value, profile: slice }, reference, referenceSample);
    const against =
      base === undefined
        ? undefined
        : base === 'whole'
          ? { reference, profile: slice }
          : rebaseReference(reference, base, slice);
    const family = against ? evidenceOf(against.reference, against.profile, isOpen) : [];
    // Thresholds are kept by the digest of the reference's own shares: a part of it has others.
    const cache = base === 'whole' ? options.cache : undefined;
    const found = outstanding(family, { level, cache });
    const rest = restOf(profile, slice);
    const beside = rest.records > 0 ? rebaseReference(reference, rest, slice) : undefined;
    const [apart] = beside
      ? outstanding(evidenceOf(beside.reference, beside.profile, isOpen), { level })
      : [];
    return [{ dimension, value, slice, found, family, apart, compared: against !== undefined }];
  });
  const { adjusted } = benjaminiHochberg(
    judged.map(({ found }) => Math.min(1, ...found.map((one) => one.adjusted))),
    level,
  );
  const strength = ({ effect = 0 }: SliceReport) => effect ?? 0;
  return judged
    .map(({ dimension, value, slice, found, family, apart, compared }, i): SliceReport => {
      const [first] = found;
      const drifted = options.level > 0 && first !== undefined && adjusted[i]! <= level;
      const enough = compared && sees(family, level);
      return {
        ...{ dimension, value: clip(value), records: slice.records },
        verdict: drifted ? 'drifted' : enough ? 'stable' : 'insufficient-data',
        adjusted: Math.min(1, Math.max(0, adjusted[i]!)),
        ...(drifted
          ? { feature: first.feature, direction: clip(first.direction, LENGTHS.phrase), effect: first.effect }
          : {}),
        ...(apart
          ? {
              apart: {
                feature: apart.feature,
                direction: clip(apart.direction, LENGTHS.phrase),
                effect: apart.effect,
              },
            }
          : {}),
      };
    })
    .sort(
      (a, b) =>
        Number(b.verdict === 'drifted') - Number(a.verdict === 'drifted') ||
        a.adjusted - b.adjusted ||
        strength(b) - strength(a) ||
        b.records - a.records,
    );
}
