import { createHash } from 'node:crypto';
import { listWindow } from '../layout/list-window.ts';
import { isWithin, type LogObject } from '../layout/log-object.ts';
import { checkWindow, DAY_MS, HOUR_MS, hourOf, type Window } from '../layout/window.ts';
import type { LogReader } from './log-reader.ts';
import { digestText, idDigest, type IdDigest } from './id-digest.ts';
import { relation } from './relation.ts';
import { within } from './tables.ts';

/** What the log has of an hour, without what is in it. */
export interface LogHour {
  /** Its beginning. Milliseconds since 1970. */
  hour: number;
  /** Of the objects that are filed under it by the time of their events, as stored. */
  bytes: number;
  /** Whether all its predictions lie in one compacted object. */
  compacted: boolean;
  /** Digest of the names and generations of those objects: changes when one comes, goes or is written again. */
  objects: string;
  /** Digests of what was said of predictions whose ids were made in the hour before and in this one; left out where nobody asked. */
  feedback?: string;
}

export interface HoursOptions {
  /** Whether to look at the feedback. Default true. */
  feedback?: boolean;
}

/**
 * The hours of a window that may have predictions, earliest first: what tells whether something changed, by a listing and a look at the
 * ids of the feedback.
 *
 * @throws AssayError `invalid-query` if the window is none.
 */
export async function listHours(
  reader: LogReader,
  window: Window,
  options: HoursOptions = {},
): Promise<LogHour[]> {
  const { from, to } = checkWindow(window);
  const [first, end] = [hourOf(from.getTime()), to.getTime()];
  const objects = await listWindow(reader.store, 'predictions', { from: first, to: end });
  const said = options.feedback === false ? undefined : await feedbackOf(reader, { from: first, to: end });
  const hours: LogHour[] = [];
  const exact = Map.groupBy(
    objects.filter((object) => object.exact),
    ({ hour }) => hour,
  );
  const astray = objects.filter((object) => !object.exact);
  for (let hour = first; hour < end; hour += HOUR_MS) {
    // Filed by arrival: up to a day late, or by a clock that was fast.
    const near = { from: hour - HOUR_MS, to: hour + HOUR_MS + DAY_MS };
    const own = [...(exact.get(hour) ?? []), ...astray.filter((object) => isWithin(object.hour, near))];
    if (own.length === 0) continue;
    hours.push({
      hour,
      bytes: own.reduce((sum, { exact: here, info }) => sum + (here ? info.size : 0), 0),
      compacted: own.length === 1 && own[0]!.kind === 'compacted',
      objects: digestOf(own),
      ...(said && { feedback: `${said.get(hour - HOUR_MS) ?? ''}+${said.get(hour) ?? ''}` }),
    });
  }
  return hours;
}

const digestOf = (objects: readonly LogObject[]): string =>
  createHash('sha256')
    .update(
      objects
        .map(({ info }) => `${info.key}@${info.generation}`)
        .sort()
        .join('\n'),
    )
    .digest('hex')
    .slice(0, 32);

/** What was said of predictions, by the hour in which their ids were made. */
async function feedbackOf(
  reader: LogReader,
  window: { from: number; to: number },
): Promise<Map<number, string>> {
  // Of the hour before as well: an answer may come in the hour after the one its id was made in.
  const wanted = { from: window.from - HOUR_MS, to: Math.max(window.to, Date.now()) + DAY_MS };
  return reader.read({ feedback: wanted }, async (session, { files }) => {
    const { lines, compacted } = files.feedback;
    if (lines.length + compacted.length === 0) return new Map<number, string>();
    const said = relation('feedback', files.feedback, { columns: ['prediction_id'] });
    // The first 48 bits of a UUIDv7 are milliseconds.
    const made = "TRY_CAST('0x' || substr(prediction_id, 1, 8) || substr(prediction_id, 10, 4) AS BIGINT)";
    const rows = await session.rows(
      `SELECT hour, ${idDigest} FROM (SELECT id, any_value(${made}) // ${HOUR_MS} * ${HOUR_MS} AS hour FROM (${said}) GROUP BY id) ` +
        `WHERE hour >= ${wanted.from} AND hour < ${window.to} GROUP BY hour`,
    );
    return new Map(rows.map((row) => [row.hour as number, digestText(row as unknown as IdDigest)]));
  });
}

/**
 * What is in compacted hours of a model, by hour (milliseconds since 1970): the same text for the same predictions, whatever objects
 * they lie in.
 *
 * @param hours Each in one compacted object: see {@link LogHour.compacted}; others have no text.
 */
export async function digestHours(
  reader: LogReader,
  { hours, model }: { hours: readonly number[]; model: string },
): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const run of runsOf(hours)) {
    const wanted = { predictions: run };
    const rows = await reader.read(wanted, async (session, { files: { predictions } }) => {
      const single = predictions.lines.length === 0;
      if (!single || new Set(predictions.hours).size !== predictions.hours.length) return [];
      const where = `${within({ from: new Date(run.from), to: new Date(run.to) })} AND model_name = $model`;
      const ids = relation('predictions', predictions, { columns: ['model_name'], where });
      return session.rows(
        `SELECT epoch_ms(date_trunc('hour', time)) AS hour, ${idDigest} FROM (${ids}) GROUP BY 1`,
        { model },
      );
    });
    for (const row of rows) found.set(row.hour as number, digestText(row as unknown as IdDigest));
  }
  return found;
}

/** Hours that follow each other, as windows. */
function runsOf(hours: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const hour of hours.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.to === hour) last.to = hour + HOUR_MS;
    else runs.push({ from: hour, to: hour + HOUR_MS });
  }
  return runs;
}
