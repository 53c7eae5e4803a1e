import { eventTypeOf, feedbackColumns, logColumns, type ColumnType, type LogColumn } from '../columns.ts';
import type { LogTopic } from '../layout/log-object.ts';
import { bigquery } from './bigquery.ts';

/** A type of BigQuery; maps and lists stay JSON. */
const types: Readonly<Record<ColumnType, string | undefined>> = {
  text: undefined,
  integer: 'INT64',
  number: 'FLOAT64',
  boolean: 'BOOL',
  time: 'TIMESTAMP',
  map: undefined,
  numbers: undefined,
};

/**
 * The statements that make the views `predictions` and `feedback` over the tables that Pub/Sub's BigQuery subscriptions write (a
 * column `data` of the type JSON with the event): the same columns, each record once, joined with the feedback that holds, as DuckDB
 * has them over the objects.
 *
 * @param options.dataset `project.dataset`; both the tables and the views are in it.
 * @param options.tables Of the subscriptions.
 */
export function bigqueryViews(options: { dataset: string; tables: Record<LogTopic, string> }): string[] {
  const { dataset, tables } = options;
  const name = (table: string) => bigquery.identifier(`${dataset}.${table}`);
  const joined = feedbackColumns.map(({ name: column, from }) => `f.${from} AS ${column}`).join(', ');
  const latest = `SELECT * FROM ${name('feedback')} WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY prediction_id ORDER BY time DESC, id DESC) = 1`;
  return [
    `CREATE OR REPLACE VIEW ${name('feedback')} AS ${eventsOf('feedback', name(tables.feedback))}`,
    `CREATE OR REPLACE VIEW ${name('predictions')} AS SELECT p.*, ${joined} FROM (${eventsOf('predictions', name(tables.predictions))}) AS p LEFT JOIN (${latest}) AS f ON f.prediction_id = p.id`,
  ];
}

function eventsOf(topic: LogTopic, table: string): string {
  const columns = [...logColumns[topic].values()].map((column) => `${valueOf(column)} AS ${column.name}`);
  return `SELECT ${columns.join(', ')} FROM ${table} WHERE JSON_VALUE(data, '$.type') = '${eventTypeOf[topic]}' QUALIFY ROW_NUMBER() OVER (PARTITION BY JSON_VALUE(data, '$.id') ORDER BY JSON_VALUE(data, '$.time')) = 1`;
}

function valueOf({ path, type }: LogColumn): string {
  const at = bigquery.text(`$.${path.join('.')}`);
  if (type === 'map' || type === 'numbers') return `JSON_QUERY(data, ${at})`;
  const target = types[type];
  return target === undefined ? `JSON_VALUE(data, ${at})` : `CAST(JSON_VALUE(data, ${at}) AS ${target})`;
}
