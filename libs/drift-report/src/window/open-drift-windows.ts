import type { Registry } from '@assay/model-registry';
import type { ObjectStore } from '@assay/object-store';
import type { PredictionLog, Window } from '@assay/prediction-log';
import { logCounts, type CountsSource } from '../profiles/counts-source.ts';
import { ChangedHour } from '../profiles/hour-store.ts';
import type { DriftWindow, DriftWindows, WindowCounts } from './drift-window.ts';
import { loadHours, type LoadedHours, type LoadSubject } from './load-hours.ts';
import { mergeHours, mergeSlices, mergeTruths } from './merge-hours.ts';
import { mergeHourSamples } from './merge-sample.ts';
import { readReference } from './read-reference.ts';
import { earlier, wholeHours } from './whole-hours.ts';

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;

/** Earlier weeks that are looked at; of windows longer than a week none, as they would hold themselves. */
const SEASONS = 4;

/** Somebody else may write an hour while it is read, but not this often. */
const ATTEMPTS = 5;

export interface DriftWindowsDeps {
  log: PredictionLog;
  /** Where the profiles of hours are kept: the bucket of the log. */
  store: ObjectStore;
  registry: Pick<Registry, 'resolve'>;
}

export interface DriftWindowsOptions {
  /** Where hours are counted. Default: the log itself. */
  source?: CountsSource;
  /** The time in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

/** Opens the windows of a log. Nothing is read before it is asked for. */
export function openDriftWindows(deps: DriftWindowsDeps, options: DriftWindowsOptions = {}): DriftWindows {
  const { log, store, registry } = deps;
  const { source = logCounts(log), now = Date.now } = options;

  return {
    read: async ({ model, version, window: asked }) => {
      const moment = now();
      const window = wholeHours(asked, moment);
      const found = await registry.resolve(model, version);
      const { reference, sample: referenceSample } = await readReference(found);
      const subject: LoadSubject = { model: found.name, version: found.version, reference };
      const cost = { recordsRead: 0, hoursFromProfiles: 0, hoursCounted: 0 };
      const load = async (part: Window, feedback: boolean) => {
        const loaded = await loadHours(part, subject, { source, store, now: moment, feedback });
        addCost(cost, loaded);
        return loaded.hours;
      };
      const countsOf = async (part: Window): Promise<WindowCounts | undefined> => {
        const hours = (await load(part, false)).filter(({ totals }) =>
          Object.values(totals.outcomes).some((count) => count > 0),
        );
        return hours.length === 0 ? undefined : mergeHours(part, hours, subject);
      };

      const current = await again(async () => {
        const hours = await load(window, true);
        const columns = [...Object.keys(reference.features), 'time'];
        return {
          ...mergeHours(window, hours, subject),
          hours: hours.map(({ totals }) => totals.profile).filter(({ records }) => records > 0),
          slices: await mergeSlices(hours),
          ...(await mergeHourSamples(hours, columns)),
          ...mergeTruths(hours),
        };
      });
      const before = await again(() =>
        countsOf({ from: new Date(window.from.getTime() - WEEK_MS), to: window.from }),
      );
      const season: WindowCounts[] = [];
      if (window.to.getTime() - window.from.getTime() <= WEEK_MS)
        for (let week = 1; week <= SEASONS; week++) {
          const counts = await again(() => countsOf(earlier(window, week * WEEK_MS)));
          if (counts) season.push(counts);
        }
      return {
        ...current,
        manifest: found.manifest,
        reference,
        referenceSample,
        before,
        season,
        cost,
      } satisfies DriftWindow;
    },
  };
}

function addCost(cost: DriftWindow['cost'], loaded: LoadedHours): void {
  cost.recordsRead += loaded.recordsRead;
  cost.hoursFromProfiles += loaded.fromProfiles;
  cost.hoursCounted += loaded.counted;
}

/** Begins anew where an hour changed under the reader. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ChangedHour) || attempt === ATTEMPTS) throw error;
    }
  }
}
