import { AssayError } from '@assay/schema';
import type { Parameters } from '../database/open-database.ts';
import { HOUR_MS } from '../layout/window.ts';
import { oldestHour } from './oldest-hour.ts';
import type { LogReader } from './log-reader.ts';
import { readLogged, type LoggedPrediction } from './logged-prediction.ts';
import { conditions, conditionColumns, type PredictionFilter } from './prediction-filter.ts';
import { withHistory } from './records.ts';
import { createTables, wantedFor, within } from './tables.ts';

export interface PageOptions {
  /** Most predictions to return, 1 to 1000. Default 50. */
  limit?: number;
  /** `nextPageToken` of the page before. */
  pageToken?: string;
}

/** A part of a list, newest first. */
export interface PredictionPage {
  predictions: LoggedPrediction[];
  /** Absent on the last page. */
  nextPageToken?: string;
}

/** A prediction's place in the order: milliseconds since 1970, and the id. */
interface Place {
  time: number;
  id: string;
}

const LIMITS = { default: 50, most: 1000 };

/** After every event: longer than any clock is ahead. Milliseconds. */
const AHEAD = 24 * HOUR_MS;

/**
 * The predictions that a filter lets pass, newest first, from as few hours as they fill: it begins with the newest hour and
 * doubles its stride as long as it finds too few. What comes while pages are turned is not in them.
 *
 * @throws AssayError `invalid-query` if the page token or the limit is none.
 */
export async function listPredictions(
  reader: LogReader,
  filter: PredictionFilter,
  { limit = LIMITS.default, pageToken }: PageOptions = {},
): Promise<PredictionPage> {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMITS.most)
    throw new AssayError('invalid-query', `Expected a limit from 1 to ${LIMITS.most}, received ${limit}.`);
  const after = pageToken === undefined ? undefined : readToken(pageToken);
  const newest = Math.min(filter.to?.getTime() ?? Infinity, after ? after.time + 1 : Date.now() + AHEAD);
  const oldest = Math.max(filter.from?.getTime() ?? 0, (await oldestHour(reader.store)) ?? newest);
  const found: LoggedPrediction[] = [];
  for (let to = newest, stride = HOUR_MS; to > oldest && found.length <= limit; stride *= 2) {
    const from = Math.max(oldest, to - stride);
    const window = { from: new Date(from), to: new Date(to) };
    found.push(
      ...(await listWindow(reader, filter, {
        window,
        limit: limit + 1 - found.length,
        ...(after && { after }),
      })),
    );
    to = from;
  }
  const predictions = found.slice(0, limit);
  const last = predictions.at(-1)?.prediction;
  return found.length > limit && last ? { predictions, nextPageToken: tokenOf(last) } : { predictions };
}

/** The newest of a window: first their ids, from few columns, then what was sent. */
async function listWindow(
  reader: LogReader,
  filter: PredictionFilter,
  range: { window: { from: Date; to: Date }; limit: number; after?: Place },
): Promise<LoggedPrediction[]> {
  const { window, limit, after } = range;
  const { where, parameters } = conditions(filter);
  const all: Parameters = after
    ? { ...parameters, afterTime: new Date(after.time).toISOString(), afterId: after.id }
    : parameters;
  if (after)
    where.push('(time < $afterTime::TIMESTAMPTZ OR (time = $afterTime::TIMESTAMPTZ AND id < $afterId))');
  return reader.read(wantedFor(window), async (session, from) => {
    const { files } = from;
    await createTables(session, from, { window, columns: conditionColumns(filter) });
    const ids = await session.rows(
      `SELECT id FROM predictions WHERE ${['true', ...where].join(' AND ')} ORDER BY time DESC, id DESC LIMIT ${limit}`,
      all,
    );
    if (ids.length === 0) return [];
    const names = Object.fromEntries(ids.map(({ id }, at) => [`id${at}`, id as string]));
    const chosen = `id IN (${Object.keys(names)
      .map((name) => `$${name}`)
      .join(', ')}) AND ${within(window)}`;
    const rows = await session.rows(withHistory(files, chosen), names);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map(({ id }) => {
      const { event, history } = byId.get(id)!;
      return readLogged(event as string, (history ?? []) as string[]);
    });
  });
}

const tokenOf = ({ time, id }: { time: string; id: string }) =>
  Buffer.from(JSON.stringify([Date.parse(time), id])).toString('base64url');

function readToken(token: string): Place {
  try {
    const [time, id] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [unknown, unknown];
    if (Number.isSafeInteger(time) && typeof id === 'string') return { time: time as number, id };
  } catch {
    // Said below.
  }
  throw new AssayError(
    'invalid-query',
    `"${token}" is no page token: give back the nextPageToken of a page as it is.`,
  );
}
