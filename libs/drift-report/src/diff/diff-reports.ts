import { AssayError, type DriftReport, type DriftReportDiff, type FeatureReport } from '@assay/schema';
import { verdictOrder } from '../wording/verdict-words.ts';
import { diffSentence } from './diff-sentence.ts';
import { summariseReport } from './summarise-report.ts';

/** A feature that differs between two reports. */
export type FeatureDifference = DriftReportDiff['features'][number];

/**
 * What changed from one report of a model to another: features whose verdict changed, that are in one report only, or whose effect moved
 * by more than its threshold. Those that drifted since come first, then those that recovered, then by how far the effect moved.
 *
 * @throws AssayError `incomparable-reports` where the two are of different models
 */
export function diffReports(before: DriftReport, after: DriftReport): DriftReportDiff {
  if (before.model.name !== after.model.name)
    throw new AssayError(
      'incomparable-reports',
      `Expected two reports of one model; got one of "${before.model.name}" and one of "${after.model.name}". Choose two of the same model; versions and windows may differ.`,
    );
  const [was, is] = [byKey(before.features), byKey(after.features)];
  const moved = [...new Set([...is.keys(), ...was.keys()])]
    .map((key) => compare(was.get(key), is.get(key)))
    .filter((one) => one !== undefined)
    .sort((a, b) => a.rank - b.rank || b.moved - a.moved);
  const features = moved.map(({ difference }) => difference);
  return {
    before: summariseReport(before),
    after: summariseReport(after),
    summary: diffSentence(before, { after, features }),
    features,
  };
}

function byKey(features: readonly FeatureReport[]): Map<string, FeatureReport> {
  return new Map(features.map((feature) => [`${feature.aspect} ${feature.feature}`, feature]));
}

interface Comparison {
  difference: FeatureDifference;
  /** Drifted since, undecided since, stable since, same verdict. */
  rank: number;
  /** Change of the effect in thresholds. */
  moved: number;
}

function compare(was: FeatureReport | undefined, is: FeatureReport | undefined): Comparison | undefined {
  const latest = is ?? was;
  if (latest === undefined) return undefined;
  // Effects of different kinds cannot be subtracted: then the verdicts speak.
  const comparable = is !== undefined && was?.measure === is.measure;
  const change = comparable ? distance(was.effect, is.effect) : 0;
  const limit = comparable ? Math.max(was.threshold, is.threshold) : 0;
  const same = was?.verdict === is?.verdict;
  if (same && !(change > limit)) return undefined;
  const { feature, aspect } = latest;
  return {
    difference: {
      ...{ feature, aspect },
      ...(was && { before: was.verdict, effectBefore: was.effect }),
      ...(is && { after: is.verdict, effectAfter: is.effect }),
      direction: latest.direction,
    },
    rank: same ? 3 : is ? verdictOrder[is.verdict] : 3,
    moved: limit > 0 ? change / limit : change,
  };
}

/** How far an effect moved; nowhere from or to nothing. */
function distance(was: number | null, is: number | null): number {
  return was === null || is === null ? 0 : Math.abs(is - was);
}
