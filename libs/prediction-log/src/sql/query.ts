import type { Window } from '../layout/window.ts';
import type { Dialect } from './dialect.ts';
import { featureValue } from './feature-value.ts';

/** Which predictions count. */
export interface Selection {
  window: Window;
  model?: string;
  version?: string;
  /** Only those with an answer. */
  answered?: boolean;
}

/** A statement over the table `predictions`, and the columns of it that it needs, those of feedback among them. */
export interface Query {
  sql: string;
  columns: string[];
}

/** Where and in whose words: the table is that of the window in DuckDB, a view in BigQuery. */
export interface QueryTarget {
  dialect: Dialect;
  /** Name of the table, not quoted. Default `predictions`. */
  table?: string;
}

/** The predictions that count, as a subquery with columns of the given names and expressions. */
export function select(
  selection: Selection,
  values: Readonly<Record<string, { sql: string; columns: readonly string[] }>>,
  { dialect, table = 'predictions' }: QueryTarget,
): Query {
  const { window, model, version, answered } = selection;
  const where = [`time >= ${dialect.time(window.from)}`, `time < ${dialect.time(window.to)}`];
  const needed = ['time', ...Object.values(values).flatMap(({ columns }) => columns)];
  const demand = (column: string, condition: string) => {
    needed.push(column);
    where.push(condition);
  };
  if (model !== undefined) demand('model_name', `model_name = ${dialect.text(model)}`);
  if (version !== undefined) demand('model_version', `model_version = ${dialect.text(version)}`);
  if (answered) demand('outcome', "outcome = 'answered'");
  const named = Object.entries(values).map(([name, { sql }]) => `${sql} AS ${dialect.identifier(name)}`);
  return {
    sql: `SELECT ${named.join(', ')} FROM ${dialect.identifier(table)} WHERE ${where.join(' AND ')}`,
    columns: [...new Set(needed)],
  };
}

/** Values by names of the reference profile as text columns `s0`, `s1`, … */
export function slices(names: readonly string[], dialect: Dialect) {
  return Object.fromEntries(
    names.map((name, at) => {
      const { sql, columns } = featureValue(name, dialect);
      return [`s${at}`, { sql: dialect.toText(sql), columns }];
    }),
  );
}
