import type { TimeUnit } from './dialect.ts';
import { featureValue } from './feature-value.ts';
import { select, type Query, type QueryTarget, type Selection } from './query.ts';

export interface TrafficOptions extends Selection {
  per: TimeUnit;
}

/** Shares of the requests that are not slower than what is told. */
export const latencyShares = { p50: 0.5, p90: 0.9, p99: 0.99 } as const;

/**
 * How many requests there were and how long they took: rows with `bucket` (time), `requests`, one column for each outcome, and `p50`,
 * `p90`, `p99` of the whole time in the service, milliseconds, over those with an answer.
 */
export function trafficQuery(options: TrafficOptions, target: QueryTarget): Query {
  const { dialect } = target;
  const latency = featureValue('stage.total', dialect);
  const inner = select(
    options,
    {
      bucket: { sql: dialect.truncate('time', options.per), columns: ['time'] },
      outcome: { sql: 'outcome', columns: ['outcome'] },
      latency: {
        sql: `CASE WHEN outcome = 'answered' THEN ${latency.sql} END`,
        columns: latency.columns,
      },
    },
    target,
  );
  const outcomes = ['answered', 'refused', 'failed', 'cancelled'].map(
    (name) => `COUNTIF(outcome = '${name}') AS ${name}`,
  );
  const latencies = Object.entries(latencyShares).map(
    ([name, share]) => `${dialect.quantile('latency', share)} AS ${name}`,
  );
  return {
    sql: `SELECT bucket, COUNT(*) AS requests, ${[...outcomes, ...latencies].join(', ')} FROM (${inner.sql}) AS p GROUP BY bucket ORDER BY bucket`,
    columns: inner.columns,
  };
}
