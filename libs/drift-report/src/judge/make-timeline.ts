import {
  categoricalEffect,
  mergeProfiles,
  numericEffect,
  pairCategories,
  type FrozenReference,
} from '@assay/drift-statistics';
import type { DriftProfile, FeatureReport, TimelinePoint } from '@assay/schema';
import type { DriftWindow } from '../window/drift-window.ts';
import { HOUR_MS, hourStart } from './hours.ts';

/** Points at the most, and features that each of them tells of. */
const MOST_POINTS = 200;
const MOST_FEATURES = 8;
const LONGEST_NAME = 200;

/** Hours of a step: one, or whole days so that the window has few enough of them. */
function stepHours(hours: number): number {
  return hours <= MOST_POINTS ? 1 : 24 * Math.ceil(hours / 24 / (MOST_POINTS - 2));
}

/** Effect of one step against the reference, in the unit of the feature's measure; `null` where the step has no value. */
function effectOf(reference: FrozenReference, profile: DriftProfile, name: string): number | null {
  const [feature, counts] = [reference.features[name], profile.features[name]];
  let effect = NaN;
  if (feature?.kind === 'numeric' && counts?.kind === 'numeric')
    effect = numericEffect({
      edges: feature.edges,
      deviation: feature.profile.deviation > 0 ? feature.profile.deviation : undefined,
      reference: feature.counts,
      current: counts.counts,
    });
  else if (feature?.kind === 'categorical' && counts?.kind === 'categorical')
    effect = categoricalEffect(pairCategories(feature.profile.counts, counts.counts));
  return Number.isFinite(effect) ? effect : null;
}

/**
 * The window in steps of an hour, or of days where it is long: records, the effects of the features that the report shows first in units
 * of their thresholds, mean confidence, refused and failed requests. Steps without requests stand in it, too.
 *
 * @param features Ranked.
 */
export function makeTimeline(window: DriftWindow, features: readonly FeatureReport[]): TimelinePoint[] {
  const { reference } = window;
  const [from, to] = [Date.parse(window.window.from), Date.parse(window.window.to)];
  if (!(to > from)) return [];
  const first = Math.floor(from / HOUR_MS);
  const hours = Math.ceil(to / HOUR_MS) - first;
  const step = stepHours(hours);
  // Days begin at midnight.
  const origin = step === 1 ? first : Math.floor(first / 24) * 24;
  const length = Math.ceil((first + hours - origin) / step);
  const stepOf = (hour: string) => Math.floor((hourStart(hour) / HOUR_MS - origin) / step);
  const shown = features
    .filter(({ aspect, feature }) => aspect === 'values' && feature in reference.features)
    // Each point repeats the names: one that is longer than any label would fill the report.
    .filter(({ feature }) => feature.length <= LONGEST_NAME)
    .slice(0, MOST_FEATURES);

  const profiles = Array.from({ length }, (): DriftProfile[] => []);
  for (const profile of window.hours) profiles[stepOf(profile.from)]?.push(profile);
  const sums = Array.from({ length }, () => ({ records: 0, sum: 0, refused: 0, failed: 0 }));
  for (const { hour, records, sum } of window.confidence) {
    const at = sums[stepOf(hour)];
    if (at) [at.records, at.sum] = [at.records + records, at.sum + sum];
  }
  for (const { hour, refused, failed } of window.outcomes) {
    const at = sums[stepOf(hour)];
    if (at) [at.refused, at.failed] = [at.refused + refused, at.failed + failed];
  }
  return sums.map((counted, i) => {
    const merged = profiles[i]!.length === 0 ? undefined : mergeProfiles(profiles[i]!);
    const start = (origin + i * step) * HOUR_MS;
    return {
      from: new Date(Math.max(from, start)).toISOString(),
      to: new Date(Math.min(to, start + step * HOUR_MS)).toISOString(),
      records: merged?.records ?? 0,
      effects: Object.fromEntries(
        shown.map(({ feature, threshold }) => {
          const effect = merged ? effectOf(reference, merged, feature) : null;
          return [feature, effect === null || !(threshold > 0) ? null : effect / threshold];
        }),
      ),
      meanConfidence: counted.records === 0 ? null : Math.min(1, counted.sum / counted.records),
      ...{ refused: counted.refused, failed: counted.failed },
    };
  });
}
