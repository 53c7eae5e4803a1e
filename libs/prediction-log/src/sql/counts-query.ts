import type { TimeUnit } from './dialect.ts';
import { featureValue } from './feature-value.ts';
import { select, slices, type Query, type QueryTarget, type Selection } from './query.ts';

/** What is counted: each value of its own, or, with `edges`, numbers by bin. */
export interface CountedFeature {
  /** As the reference profile has it. */
  name: string;
  /** Ascending. Bin 0 is below the first, bin i from edge i − 1 (inclusive) to edge i, the last bin from the last edge on. */
  edges?: readonly number[];
}

export interface CountsOptions extends Selection {
  features: readonly CountedFeature[];
  /** Counts of each minute, hour or day; of the whole window where it is left out. */
  per?: TimeUnit;
  /** Counts of each value of these features, or combination of values, on its own. */
  slices?: readonly string[];
}

/**
 * How often each value, or bin, of each feature occurs: integer counts that add up over windows. One row for each with the columns
 * `bucket` (time), `s0`, `s1`, … (the slices, text), `name` (of the feature), `value` (text: the value, or the number of the bin;
 * null where it is missing) and `count`.
 *
 * @throws AssayError `invalid-query` if there is no such feature.
 */
export function countsQuery(options: CountsOptions, target: QueryTarget): Query {
  const { dialect } = target;
  const { features, per, slices: sliceNames = [] } = options;
  const bucket = per === undefined ? dialect.time(options.window.from) : dialect.truncate('time', per);
  const values = features.map(({ name, edges }) => {
    const { sql, columns } = featureValue(name, dialect);
    return { name, columns, sql: dialect.toText(edges ? binOf(sql, edges) : sql) };
  });
  const inner = select(
    options,
    {
      bucket: { sql: bucket, columns: ['time'] },
      ...slices(sliceNames, dialect),
      ...Object.fromEntries(values.map((value, at) => [`v${at}`, value])),
    },
    target,
  );
  const rows = dialect.spread(
    `(${inner.sql})`,
    values.map(({ name }, at) => ({ name: dialect.text(name), value: `v${at}` })),
  );
  const groups = ['bucket', ...sliceNames.map((_, at) => `s${at}`), 'name', 'value']
    .map(dialect.identifier)
    .join(', ');
  return {
    sql: `SELECT ${groups}, COUNT(*) AS ${dialect.identifier('count')} FROM ${rows} AS p GROUP BY ${groups} ORDER BY ${groups}`,
    columns: inner.columns,
  };
}

/** The number of the bin, as the reference profile counts them; null for null. Found by halving, as in a sorted list. */
export function binOf(value: string, edges: readonly number[]): string {
  const halve = (from: number, to: number): string => {
    if (from === to) return String(from);
    const middle = (from + to) >> 1;
    return `CASE WHEN ${value} < ${edges[middle]!} THEN ${halve(from, middle)} ELSE ${halve(middle + 1, to)} END`;
  };
  return `CASE WHEN ${value} IS NOT NULL THEN ${halve(0, edges.length)} END`;
}
