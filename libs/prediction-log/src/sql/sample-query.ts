import { featureValue } from './feature-value.ts';
import { select, type Query, type QueryTarget, type Selection } from './query.ts';

export interface SampleOptions extends Selection {
  /** Names as the reference profile has them. */
  features: readonly string[];
  /** Rows at most. */
  size: number;
}

/** In a UUIDv7 what comes from here on, counted from 1, is random (RFC 9562, section 5.7). */
export const RANDOM_FROM = 20;

/**
 * The same random predictions for every call: those whose ids have the lowest random digits. Any sample is part of a larger one of
 * the same window. Rows with the columns `id`, `time`, and `v0`, `v1`, … in the order of the features.
 *
 * @throws AssayError `invalid-query` if there is no such feature.
 */
export function sampleQuery(options: SampleOptions, target: QueryTarget): Query {
  const values = options.features.map((name) => featureValue(name, target.dialect));
  const inner = select(
    options,
    {
      id: { sql: 'id', columns: ['id'] },
      time: { sql: 'time', columns: ['time'] },
      ...Object.fromEntries(values.map((value, at) => [`v${at}`, value])),
    },
    target,
  );
  return {
    sql: `${inner.sql} ORDER BY SUBSTR(id, ${RANDOM_FROM}), id LIMIT ${Math.floor(options.size)}`,
    columns: inner.columns,
  };
}
