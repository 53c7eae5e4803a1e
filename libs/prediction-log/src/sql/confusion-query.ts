import type { TimeUnit } from './dialect.ts';
import { select, slices, type Query, type QueryTarget, type Selection } from './query.ts';

export interface ConfusionOptions extends Selection {
  per?: TimeUnit;
  slices?: readonly string[];
}

/**
 * How often each label was predicted where feedback says each label: rows with `bucket` (time), `s0`, … (the slices), `predicted`,
 * `truth` and `count`. Predictions without feedback or without an answer are not in it.
 */
export function confusionQuery(options: ConfusionOptions, target: QueryTarget): Query {
  const { dialect } = target;
  const { window, per, slices: sliceNames = [] } = options;
  const bucket = per === undefined ? dialect.time(window.from) : dialect.truncate('time', per);
  const inner = select(
    { ...options, answered: true },
    {
      bucket: { sql: bucket, columns: ['time'] },
      ...slices(sliceNames, dialect),
      predicted: { sql: 'answer_prediction', columns: ['answer_prediction'] },
      truth: { sql: 'feedback_label', columns: ['feedback_label'] },
    },
    target,
  );
  const groups = ['bucket', ...sliceNames.map((_, at) => `s${at}`), 'predicted', 'truth'].join(', ');
  return {
    sql: `SELECT ${groups}, COUNT(*) AS ${dialect.identifier('count')} FROM (${inner.sql}) AS p WHERE truth IS NOT NULL GROUP BY ${groups} ORDER BY ${groups}`,
    columns: inner.columns,
  };
}
