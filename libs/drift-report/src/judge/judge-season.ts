import { mergeProfiles } from '@assay/drift-statistics';
import type { DriftWindow, WindowCounts } from '../window/drift-window.ts';
import type { FeatureGroup, SeasonalReport } from '@assay/schema';
import { plural } from '../wording/numbers.ts';
import { groupOf } from './feature-groups.ts';
import { nameInSentence } from './name-in-sentence.ts';
import { judgeFeatures } from './judge-features.ts';
import { rebaseReference } from './rebase-reference.ts';

/** Features that are listed. */
const MOST_FEATURES = 10;
const LEFT_OUT: readonly FeatureGroup[] = ['score', 'embedding'];

/** Windows with answers that overlap neither each other nor what begins at `end`, the latest first: weeks of a long window do. */
function disjoint(windows: readonly WindowCounts[], end: string): WindowCounts[] {
  const kept: WindowCounts[] = [];
  let limit = Date.parse(end);
  for (const one of windows.toSorted((a, b) => Date.parse(b.window.to) - Date.parse(a.window.to))) {
    if (one.profile.records === 0 || Date.parse(one.window.to) > limit) continue;
    kept.push(one);
    limit = Date.parse(one.window.from);
  }
  return kept;
}

/**
 * The window against the same hours of earlier weeks, by the same judge: what is usual at this time of the week is no news.
 *
 * @returns `undefined` where the log has nothing of them.
 */
export function judgeSeason(
  { reference, profile, season, window }: Pick<DriftWindow, 'reference' | 'profile' | 'season' | 'window'>,
  options: { alpha: number },
): SeasonalReport | undefined {
  const earlier = disjoint(season, window.from);
  if (earlier.length === 0) return undefined;
  const base = mergeProfiles(earlier.map((one) => one.profile));
  // Scores and the embedding are left to the fixed reference: of the usual course of a week they tell nothing that inputs do not.
  const told = Object.entries(reference.features).filter(([name]) => !LEFT_OUT.includes(groupOf(name)));
  const rebased = rebaseReference({ ...reference, features: Object.fromEntries(told) }, base, profile);
  const judged = judgeFeatures(rebased.reference, rebased.profile, options);
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
