import type { LogReader, TopicFiles } from './log-reader.ts';
import { readLogged, type LoggedPrediction } from './logged-prediction.ts';
import { relation } from './relation.ts';
import { wantedFor, within } from './tables.ts';
import { checkWindow, type Window } from '../layout/window.ts';

/**
 * The predictions of a window with their feedback, as they were sent, in the order of their times, then of their ids. The
 * same for whatever objects the records lie in.
 *
 * @throws AssayError `invalid-query` if the window is none.
 */
export async function* readRecords(reader: LogReader, window: Window): AsyncGenerator<LoggedPrediction> {
  checkWindow(window);
  const rows = reader.stream(wantedFor(window), (files) => ({
    sql: `${withHistory(files, within(window))} ORDER BY p.time, p.id`,
  }));
  let last: unknown;
  for await (const { id, event, history } of rows) {
    // Of the same time and id: neighbours.
    if (id === last) continue;
    last = id;
    yield readLogged(event as string, (history ?? []) as string[]);
  }
}

/** Predictions that meet a condition, duplicates included, each with all that was said of it: `id`, `time`, `event`, `history`. */
export function withHistory(files: TopicFiles, where: string): string {
  const predictions = relation('predictions', files.predictions, { columns: [], where, verbatim: true });
  const feedback = relation('feedback', files.feedback, { columns: ['prediction_id'], verbatim: true });
  return (
    `SELECT p.id, p.time, p.event, f.history FROM (${predictions}) AS p LEFT JOIN ` +
    `(SELECT prediction_id, list(event ORDER BY time, id) AS history FROM (${feedback}) GROUP BY prediction_id) AS f ` +
    'ON f.prediction_id = p.id'
  );
}
