import { mergeProfiles, profileRecords, type FrozenReference } from '@assay/drift-statistics';
import type { Window } from '@assay/prediction-log';
import type { DriftProfile, PipelineFingerprint } from '@assay/schema';
import { CONFIDENCE_UNITS, FEEDBACK_BINS, hourName, LATENCY_EDGES } from '../profiles/hour-counts.ts';
import { dimensions } from '../profiles/slice-dimensions.ts';
import type { DriftWindow, FeedbackBin, WindowCounts } from './drift-window.ts';
import type { LoadedHour, LoadSubject } from './load-hours.ts';

/** Values of a dimension that a window has slices of: the most frequent ones. */
const WINDOW_SLICES = 20;

/** Profiles that are held together while slices are merged. */
const TOGETHER = 32;

/** The profile of no record. */
function emptyProfile(
  reference: FrozenReference,
  key: { model: string; version: string; hour: string },
): DriftProfile {
  const source = `predictions/${key.hour.replace('T', '/')}`;
  return profileRecords(reference, { ...key, slice: 'all', source }, []);
}

/** What hours come to. */
export function mergeHours(window: Window, hours: readonly LoadedHour[], subject: LoadSubject): WindowCounts {
  const { model, version, reference } = subject;
  const profiles = hours.map(({ totals }) => totals.profile);
  const latency = new Array<number>(LATENCY_EDGES.length + 1).fill(0);
  for (const { totals } of hours) totals.latency.forEach((count, bin) => (latency[bin]! += count));
  return {
    window: { from: window.from.toISOString(), to: window.to.toISOString() },
    profile:
      profiles.length > 0
        ? mergeProfiles(profiles)
        : emptyProfile(reference, { model, version, hour: hourName(window.from.getTime()) }),
    outcomes: hours.map(({ hour, totals }) => ({ hour: hourName(hour), ...totals.outcomes })),
    confidence: hours.map(({ hour, totals: { confidence } }) => ({
      hour: hourName(hour),
      records: confidence.records,
      sum: confidence.sum / CONFIDENCE_UNITS,
      variance: confidence.variance / CONFIDENCE_UNITS,
    })),
    latency: { edges: LATENCY_EDGES, counts: latency },
  };
}

/** Slices of a window: by what the hours tell apart, and by the hour of the day. */
export async function mergeSlices(hours: readonly LoadedHour[]): Promise<Map<string, DriftProfile>> {
  const pending = new Map<string, DriftProfile[]>();
  const add = (profile: DriftProfile) => {
    const some = pending.get(profile.slice) ?? [];
    some.push(profile);
    pending.set(profile.slice, some.length < TOGETHER ? some : [mergeProfiles(some)]);
  };
  for (const { totals, slices } of hours) {
    const { profile } = totals;
    if (profile.records > 0) add({ ...profile, slice: `hour=${profile.from.slice(-2)}` });
    for (const slice of await slices()) add(slice);
  }
  const merged = [...pending.values()].map(mergeProfiles);
  const chosen = [...dimensions, 'hour'].flatMap((dimension) =>
    merged
      .filter(({ slice }) => slice.startsWith(`${dimension}=`))
      .sort((a, b) => b.records - a.records || (a.slice < b.slice ? -1 : 1))
      .slice(0, WINDOW_SLICES),
  );
  return new Map(chosen.map((profile) => [profile.slice, profile]));
}

/** Feedback and fingerprints of a window. */
export function mergeTruths(
  hours: readonly LoadedHour[],
): Pick<DriftWindow, 'confusion' | 'feedback' | 'fingerprints' | 'passedOver'> {
  const confusion = new Map<string, DriftWindow['confusion'][number]>();
  const feedback: FeedbackBin[] = [];
  const fingerprints = new Map<string, PipelineFingerprint>();
  let passedOver = 0;
  for (const { totals } of hours) {
    passedOver += totals.passedOver;
    for (const pair of totals.confusion) {
      const key = JSON.stringify([pair.predicted, pair.truth]);
      confusion.set(key, { ...pair, count: pair.count + (confusion.get(key)?.count ?? 0) });
    }
    for (const one of totals.fingerprints) {
      const key = JSON.stringify([one.part, one.value]);
      const known = fingerprints.get(key);
      fingerprints.set(
        key,
        known === undefined
          ? one
          : {
              ...one,
              records: one.records + known.records,
              from: one.from < known.from ? one.from : known.from,
              to: one.to > known.to ? one.to : known.to,
            },
      );
    }
  }
  for (let bin = 0; bin < FEEDBACK_BINS; bin++) {
    const own = hours.map(({ totals }) => totals.feedback[bin]!);
    const sum = (member: keyof FeedbackBin) => own.reduce((total, one) => total + one[member], 0);
    feedback.push({
      records: sum('records'),
      confidence: sum('confidence') / CONFIDENCE_UNITS,
      right: sum('right'),
    });
  }
  const sorted = <T>(map: Map<string, T>) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return { confusion: sorted(confusion), feedback, fingerprints: sorted(fingerprints), passedOver };
}
