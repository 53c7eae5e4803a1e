import type { ObjectStore } from '@assay/object-store';
import type { PredictionRecord } from '@assay/schema';
import type { Row } from './database/open-database.ts';
import type { Window } from './layout/window.ts';
import { compactLog, type CompactionReport, type CompactOptions } from './maintenance/compact.ts';
import { forgetInputs, type ForgetReport } from './maintenance/forget.ts';
import { pruneLog, type PruneReport } from './maintenance/prune.ts';
import { findPrediction } from './read/find.ts';
import { inspectLog, type LogInspection } from './read/inspect.ts';
import { listPredictions, type PageOptions, type PredictionPage } from './read/list-predictions.ts';
import type { LoggedPrediction } from './read/logged-prediction.ts';
import { openLogReader, type LogReaderOptions } from './read/log-reader.ts';
import type { PredictionFilter } from './read/prediction-filter.ts';
import { digestHours, listHours, type HoursOptions, type LogHour } from './read/log-hours.ts';
import { scanLog, type Scan, type ScanOptions } from './read/scan.ts';
import { readRecords } from './read/records.ts';
import { querySql, type SqlOptions } from './read/sql-query.ts';
import { tailPredictions, type TailOptions } from './read/tail.ts';
import { readTraffic, runQuery, type Traffic } from './read/traffic.ts';
import { confusionQuery, type ConfusionOptions } from './sql/confusion-query.ts';
import { countsQuery, type CountsOptions } from './sql/counts-query.ts';
import { duckdb } from './sql/duckdb.ts';
import { sampleQuery, type SampleOptions } from './sql/sample-query.ts';
import type { TrafficOptions } from './sql/traffic-query.ts';

/** Options of reports that are to come out the same when they are made again later. */
export interface AsOf {
  /** Feedback from then on does not count. */
  until?: Date;
}

/**
 * What was predicted and what was said of it, in the objects of a store: each record once, however often and in whatever order its
 * event came, whatever objects it lies in, and while they are written, compacted and pruned.
 *
 * Methods may reject with what {@link ObjectStore} rejects with, and with AssayError `invalid-query`, `query-too-large`.
 */
export interface PredictionLog {
  /** The rows of a SELECT over the tables `predictions` (of the window, with the feedback that holds) and `feedback`. */
  query(sql: string, options: SqlOptions): AsyncGenerator<Row>;
  /** The predictions of a window as they were sent, oldest first, each with all that was said of it. */
  records(window: Window): AsyncGenerator<LoggedPrediction>;
  /** One prediction with all that was said of it. */
  find(id: string): Promise<LoggedPrediction | undefined>;
  /** Predictions that a filter lets pass, newest first, page by page. */
  list(filter?: PredictionFilter, page?: PageOptions): Promise<PredictionPage>;
  /** Predictions as they come into the log. */
  tail(options?: TailOptions): AsyncGenerator<PredictionRecord>;
  /** Requests, outcomes and latencies of each minute, hour or day. */
  traffic(options: TrafficOptions): Promise<Traffic[]>;
  /** How often each value, or bin, of each feature occurs: rows of {@link countsQuery}. */
  counts(options: CountsOptions & AsOf): Promise<Row[]>;
  /** Values of random predictions, the same at every call: rows of {@link sampleQuery}. */
  sample(options: SampleOptions & AsOf): Promise<Row[]>;
  /** How often each label was predicted where the truth is each label: rows of {@link confusionQuery}. */
  confusion(options: ConfusionOptions & AsOf): Promise<Row[]>;
  /** The hours of a window that may have predictions, and what tells whether something in them changed. */
  hours(window: Window, options?: HoursOptions): Promise<LogHour[]>;
  /** What is in compacted hours of a model, by hour: the same text for the same predictions. */
  digests(of: { hours: readonly number[]; model: string }): Promise<Map<number, string>>;
  /** Values of all predictions of a model by column, each prediction once: for what is counted in millions. */
  scan<T>(options: ScanOptions, scan: Scan<T>): Promise<T>;
  /** What a window consists of, and what in it is passed over: torn lines, newer versions, damage. */
  inspect(window: Window): Promise<LogInspection>;
  /** Puts the objects of each hour together into one of Parquet. */
  compact(options?: CompactOptions): Promise<CompactionReport>;
  /** Deletes hours, and kept inputs, from before a moment. */
  prune(options: { before: Date; signal?: AbortSignal }): Promise<PruneReport>;
  /** Removes inputs, by their sha256, and the predictions made of them. */
  forget(digests: readonly string[], options?: { signal?: AbortSignal }): Promise<ForgetReport>;
  /** Lets go of memory and temporary files. */
  close(): Promise<void>;
}

/** Opens the log in a store. Nothing is read before it is asked for. */
export async function openPredictionLog(
  store: ObjectStore,
  options: LogReaderOptions = {},
): Promise<PredictionLog> {
  const reader = await openLogReader(store, options);
  const target = { dialect: duckdb };
  return {
    query: (sql, sqlOptions) => querySql(reader, sql, sqlOptions),
    records: (window) => readRecords(reader, window),
    find: (id) => findPrediction(reader, id),
    list: (filter = {}, page = {}) => listPredictions(reader, filter, page),
    tail: (tailOptions) => tailPredictions(store, tailOptions),
    traffic: (trafficOptions) => readTraffic(reader, trafficOptions),
    counts: async (counts) => runQuery(reader, countsQuery(counts, target), counts),
    sample: async (sample) => runQuery(reader, sampleQuery(sample, target), sample),
    confusion: async (confusion) => runQuery(reader, confusionQuery(confusion, target), confusion),
    hours: (window, hours) => listHours(reader, window, hours),
    digests: (of) => digestHours(reader, of),
    scan: (scanOptions, scan) => scanLog(reader, scanOptions, scan),
    inspect: (window) => inspectLog(reader, window),
    compact: (compact) => compactLog(reader, compact),
    prune: (prune) => pruneLog(reader, prune),
    forget: (digests, forget) => forgetInputs(reader, digests, forget),
    close: () => reader.close(),
  };
}
