import { checkWindow, type Window } from '../layout/window.ts';
import { readLogged, type LoggedPrediction } from './logged-prediction.ts';
import type { LogReader } from './log-reader.ts';
import { relation, type LogFiles } from './relation.ts';
import { partOf, stageWindow, type StagedWindow } from './staged-window.ts';
import { within } from './tables.ts';

/** Records that are in memory together: 7 MB. */
const SLICE = 4096;

/**
 * The predictions of a window with their feedback, as they were sent, in the order of their times, then of their ids. The
 * same for whatever objects the records lie in. Millions of them need no more memory than a few thousand.
 *
 * @throws AssayError `invalid-query` if the window is none.
 */
export async function* readRecords(reader: LogReader, window: Window): AsyncGenerator<LoggedPrediction> {
  const staged = await stageWindow(reader, checkWindow(window));
  try {
    for (const { hour, files } of staged.hours)
      for (const slice of await slicesOf(staged, files, partOf(window, hour))) {
        const sql = withHistory({ predictions: files, feedback: staged.feedbackTable }, within(slice));
        let last: unknown;
        for (const { id, event, history } of await staged.session.rows(`${sql} ORDER BY p.time, p.id`)) {
          // Of the same id: neighbours.
          if (id === last) continue;
          last = id;
          yield readLogged(event as string, (history ?? []) as string[]);
        }
      }
  } finally {
    await staged.close();
  }
}

/** Parts of a window with about {@link SLICE} records each; more only where that many are of one moment. */
async function slicesOf({ session }: StagedWindow, files: LogFiles, window: Window): Promise<Window[]> {
  const times = relation('predictions', files, { columns: [], where: within(window) });
  const bounds = await session.rows(
    `SELECT DISTINCT date_trunc('millisecond', time) AS time FROM (SELECT time, row_number() OVER (ORDER BY time) AS n FROM (${times})) ` +
      `WHERE n % ${SLICE} = 0 ORDER BY 1`,
  );
  const starts = [window.from, ...bounds.map(({ time }) => time as Date), window.to];
  return starts
    .slice(1)
    .map((to, at) => ({ from: starts[at]!, to }))
    .filter(({ from, to }) => from < to);
}

/**
 * A few predictions, those that meet a condition, duplicates included, each with all that was said of it: rows `id`, `time`, `event`
 * and `history`.
 *
 * @param from.feedback Files, or a table with the same columns.
 */
export function withHistory(
  from: { predictions: LogFiles; feedback: LogFiles | string },
  where: string,
): string {
  const { predictions, feedback } = from;
  const rows = relation('predictions', predictions, { columns: [], where, verbatim: true });
  const said =
    typeof feedback === 'string'
      ? feedback
      : `(${relation('feedback', feedback, { columns: ['prediction_id'], verbatim: true })})`;
  return (
    `WITH p AS MATERIALIZED (${rows}), f AS (SELECT prediction_id, list(event ORDER BY time, id) AS history FROM ${said} ` +
    'WHERE prediction_id IN (SELECT id FROM p) GROUP BY prediction_id) ' +
    'SELECT p.id, p.time, p.event, f.history FROM p LEFT JOIN f ON f.prediction_id = p.id'
  );
}
