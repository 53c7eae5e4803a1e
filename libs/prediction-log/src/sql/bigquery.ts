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
  pairs: (from, pairs) => {
    const list = pairs.map(({ name, value }) => `STRUCT(${text(name)} AS name, ${value} AS value)`);
    return `(SELECT r.*, pair.name AS name, pair.value AS value FROM ${from} AS r CROSS JOIN UNNEST([${list.join(', ')}]) AS pair)`;
  },
  quantile: (expression, share) => `APPROX_QUANTILES(${expression}, 100)[OFFSET(${Math.round(share * 100)})]`,
};
