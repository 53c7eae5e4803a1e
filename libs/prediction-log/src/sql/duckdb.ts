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
  toInteger: (expression) => `CAST(${expression} AS BIGINT)`,
  spread: (from, rows) => {
    const names = Object.keys(rows[0] ?? {});
    const lists = names.map(
      (name) => `unnest([${rows.map((row) => row[name]!).join(', ')}]) AS ${identifier(name)}`,
    );
    return `(SELECT *, ${lists.join(', ')} FROM ${from})`;
  },
  hash: (expression) => `hash(${expression})`,
  quantile: (expression, share) => `quantile_cont(${expression}, ${share})`,
};
