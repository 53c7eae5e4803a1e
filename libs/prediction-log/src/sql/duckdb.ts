import { identifier, literal } from '../database/sql-text.ts';
import type { Dialect } from './dialect.ts';

/** The words of DuckDB. Quantiles are exact. */
export const duckdb: Dialect = {
  identifier,
  text: literal,
  time: (value) => `TIMESTAMPTZ ${literal(value.toISOString())}`,
  truncate: (column, unit) => `date_trunc(${literal(unit)}, ${column})`,
  mapEntry: (column, key) => `${column}[${literal(key)}]`,
  element: (column, index) => `${column}[${index + 1}]`,
  toText: (expression) => `CAST(${expression} AS VARCHAR)`,
  pairs: (from, pairs) => {
    const list = pairs.map(({ name, value }) => `{'name': ${literal(name)}, 'value': ${value}}`);
    return `(SELECT * EXCLUDE (pair), pair.name AS name, pair.value AS value FROM (SELECT *, unnest([${list.join(', ')}]) AS pair FROM ${from}))`;
  },
  quantile: (expression, share) => `quantile_cont(${expression}, ${share})`,
};
