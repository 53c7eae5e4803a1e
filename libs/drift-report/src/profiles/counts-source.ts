import type { FrozenReference } from '@assay/drift-statistics';
import type { LogHour, PredictionLog, Window } from '@assay/prediction-log';
import { countHours } from './count-hours.ts';
import type { HourCounts } from './hour-counts.ts';

/** What is counted. */
export interface CountQuery {
  model: string;
  version: string;
  reference: FrozenReference;
  /** Begins on the hour. */
  window: Window;
}

/** Where hours are counted: the log in the bucket, or the same log as tables elsewhere. */
export interface CountsSource {
  /** Hours of a window that may have predictions, and what tells whether they changed since. */
  hours(window: Window, options?: { feedback?: boolean }): Promise<LogHour[]>;
  /** By hour a text that is the same for the same predictions; of hours for which that is cheap to say. */
  digests(of: { hours: readonly number[]; model: string }): Promise<ReadonlyMap<number, string>>;
  /** Every hour of the window, also those without predictions. */
  count(query: CountQuery): Promise<HourCounts[]>;
}

/** Counts by DuckDB and in this process, over the objects of the log. */
export const logCounts = (log: PredictionLog): CountsSource => ({
  hours: (window, options) => log.hours(window, options),
  digests: (of) => log.digests(of),
  count: (query) => countHours(log, query),
});
