export { openPredictionLog, type AsOf, type PredictionLog } from './prediction-log.ts';
export { startLogSink, type LogSink, type LogSinkOptions, type SinkLimits } from './sink/log-sink.ts';
export { logColumns, type ColumnType, type LogColumn } from './columns.ts';
export type { LogTopic } from './layout/log-object.ts';
export { uuidTime } from './layout/uuid-time.ts';
export type { Window } from './layout/window.ts';
export type { Row, SqlValue } from './database/open-database.ts';
export type { LogReaderOptions } from './read/log-reader.ts';
export type { LoggedPrediction } from './read/logged-prediction.ts';
export type { PageOptions, PredictionPage } from './read/list-predictions.ts';
export { meets, type PredictionFilter } from './read/prediction-filter.ts';
export type { HoursOptions, LogHour } from './read/log-hours.ts';
export { addId, digestText, noIds, type IdDigest } from './read/id-digest.ts';
export type { Scan, ScanBatch, ScanOptions } from './read/scan.ts';
export type { LogInspection } from './read/inspect.ts';
export type { SqlOptions } from './read/sql-query.ts';
export type { TailOptions } from './read/tail.ts';
export type { Traffic } from './read/traffic.ts';
export type { CompactionReport, CompactOptions } from './maintenance/compact.ts';
export { dropProfiles, type DroppedProfiles } from './maintenance/drop-profiles.ts';
export type { ForgetReport } from './maintenance/forget.ts';
export type { PruneReport } from './maintenance/prune.ts';
export { bigquery } from './sql/bigquery.ts';
export { bigqueryViews } from './sql/bigquery-views.ts';
export { duckdb } from './sql/duckdb.ts';
export type { Dialect, TimeUnit } from './sql/dialect.ts';
export { confusionQuery, type ConfusionOptions } from './sql/confusion-query.ts';
export { countsQuery, type CountedFeature, type CountsOptions } from './sql/counts-query.ts';
export { isFeature } from './sql/feature-value.ts';
export {
  hourlyQueries,
  hourStatesQuery,
  type HourlyFeature,
  type HourlyOptions,
  type HourlyQueries,
} from './sql/hourly-queries.ts';
export { sampleQuery, type SampleOptions } from './sql/sample-query.ts';
export { trafficQuery, type TrafficOptions } from './sql/traffic-query.ts';
export type { Query, QueryTarget, Selection } from './sql/query.ts';
