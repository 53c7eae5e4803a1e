import type { Dialect } from './dialect.ts';

const text = (value: string) =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

/**
 * The words of BigQuery's GoogleSQL. Maps and lists are JSON in the views; quantiles are approximate, to a hundredth.
 *
 * @see https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax
 */
export const bigquery: Dialect = {
  identifier: (name) => `\`${name.replaceAll('`', '')}\``,
  text,
  time: (value) => `TIMESTAMP(${text(value.toISOString())})`,
  truncate: (column, unit) => `TIMESTAMP_TRUNC(${column}, ${unit.toUpperCase()})`,
  mapEntry: (column, key) => `CAST(JSON_VALUE(${column}, ${text(`$.${JSON.stringify(key)}`)}) AS FLOAT64)`,
  element: (column, index) => `CAST(JSON_VALUE(${column}, ${text(`$[${index}]`)}) AS FLOAT64)`,
  toText: (expression) => `CAST(${expression} AS STRING)`,
  toInteger: (expression) => `CAST(${expression} AS INT64)`,
  spread: (from, rows) => {
    const names = Object.keys(rows[0] ?? {});
    const list = rows.map((row) => `STRUCT(${names.map((name) => `${row[name]!} AS ${name}`).join(', ')})`);
    const own = names.map((name) => `one.${name} AS ${name}`);
    return `(SELECT r.*, ${own.join(', ')} FROM ${from} AS r CROSS JOIN UNNEST([${list.join(', ')}]) AS one)`;
  },
  hash: (expression) => `FARM_FINGERPRINT(${expression})`,
  quantile: (expression, share) => `APPROX_QUANTILES(${expression}, 100)[OFFSET(${Math.round(share * 100)})]`,
};
