import { mergeProfiles, windowEvidence } from '@assay/drift-statistics';
import type { DriftWindow } from '../window/drift-window.ts';
import type { SeasonalReport } from '@assay/schema';
import { plural } from '../wording/numbers.ts';
import { groupOf } from './feature-groups.ts';
import { nameInSentence } from './name-in-sentence.ts';
import { judgeFeatures } from './judge-features.ts';
import { rebaseReference } from './rebase-reference.ts';

/** Features that are listed. */
const MOST_FEATURES = 10;

/**
 * The window against the same hours of earlier weeks, by the same judge: what is usual at this time of the week is no news.
 *
 * @returns `undefined` where the log has nothing of them.
 */
export function judgeSeason(
  { reference, profile, season }: Pick<DriftWindow, 'reference' | 'profile' | 'season'>,
  options: { alpha: number },
): SeasonalReport | undefined {
  const earlier = season.filter((one) => one.profile.records > 0);
  if (earlier.length === 0) return undefined;
  // The same objects cannot be in two weeks: the profiles are of disjoint sources.
  const base = mergeProfiles(earlier.map((one) => one.profile));
  const rebased = rebaseReference(reference, base, profile);
  // Scores and single dimensions of the embedding are left to the fixed reference: here they would only cost time.
  const family = windowEvidence(rebased.reference, rebased.profile)
    .map(({ feature }) => feature)
    .filter((feature) => !['score', 'embedding'].includes(groupOf(feature)));
  const kept = new Set(family);
  const only = <T>(features: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(features).filter(([name]) => kept.has(name)));
  const judged = judgeFeatures(
    { ...rebased.reference, features: only(rebased.reference.features) },
    { ...rebased.profile, features: only(rebased.profile.features) },
    options,
  );
  const [first] = judged.features;
  const weeks = plural(earlier.length, 'earlier week');
  const summary =
    judged.verdict === 'drifted'
      ? `Unusual for these hours: against the same hours of ${weeks}, ${nameInSentence(first!.feature)} ${first!.direction}.`
      : judged.verdict === 'stable'
        ? `As usual for these hours: no feature differs from the same hours of ${weeks}.`
        : `Too little data to tell whether these hours are as in ${weeks}.`;
  return {
    windows: earlier.map((one) => one.window),
    records: base.records,
    verdict: judged.verdict,
    summary,
    features: judged.features.slice(0, MOST_FEATURES).map(({ histogram: _, ...feature }) => feature),
  };
}
