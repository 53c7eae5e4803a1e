import type { Row } from '../database/open-database.ts';
import { checkWindow } from '../layout/window.ts';
import { countsQuery } from '../sql/counts-query.ts';
import { duckdb } from '../sql/duckdb.ts';
import type { Query } from '../sql/query.ts';
import { latencyShares, trafficQuery, type TrafficOptions } from '../sql/traffic-query.ts';
import type { LogReader } from './log-reader.ts';
import { createTables, wantedForTables } from './tables.ts';
import type { Window } from '../layout/window.ts';

/** What happened in a minute, an hour or a day. */
export interface Traffic {
  /** Its beginning. */
  bucket: Date;
  requests: number;
  answered: number;
  /** A fault of the request, or too many. */
  refused: number;
  /** A fault of the service. */
  failed: number;
  /** The caller went away. */
  cancelled: number;
  /** Why there was no answer. */
  codes: Record<string, number>;
  /** Labels, `uncertain` and `out-of-scope`. */
  decisions: Record<string, number>;
  /** Whole time in the service of those with an answer, milliseconds: half, nine of ten, 99 of 100 are not slower. Absent where nothing was answered. */
  latency?: Record<keyof typeof latencyShares, number>;
}

/**
 * What happened in a window, oldest first; minutes, hours or days without a request are left out.
 *
 * @throws AssayError `invalid-query` if the window is none.
 */
export async function readTraffic(reader: LogReader, options: TrafficOptions): Promise<Traffic[]> {
  const requests = await runQuery(reader, trafficQuery(options, { dialect: duckdb }), options);
  const features = [{ name: 'code' }, { name: 'decision' }];
  const counts = await runQuery(reader, countsQuery({ ...options, features }, { dialect: duckdb }), options);
  return requests.map((row) => {
    const bucket = row.bucket as Date;
    const of = (feature: string) =>
      Object.fromEntries(
        counts
          .filter(
            ({ name, value, bucket: at }) => name === feature && value !== null && +(at as Date) === +bucket,
          )
          .map(({ value, count }) => [value as string, count as number]),
      );
    const { answered, refused, failed, cancelled } = row as unknown as Traffic;
    return {
      bucket,
      requests: row.requests as number,
      ...{ answered, refused, failed, cancelled },
      codes: of('code'),
      decisions: of('decision'),
      ...(row.p50 === null ? {} : { latency: latencyOf(row) }),
    };
  });
}

/** The rows of a query of this library, over the predictions of a window. */
export async function runQuery(
  reader: LogReader,
  { sql, columns }: Query,
  { window, until }: { window: Window; until?: Date },
): Promise<Row[]> {
  const tables = { window: checkWindow(window), columns, until };
  return reader.read(wantedForTables(tables), async (session, from) => {
    await createTables(session, from, tables);
    return session.rows(sql);
  });
}

const latencyOf = (row: Row) =>
  Object.fromEntries(Object.keys(latencyShares).map((name) => [name, row[name]])) as Record<
    keyof typeof latencyShares,
    number
  >;
