import { feedbackColumns, logColumns } from '../columns.ts';
import { identifier } from '../database/sql-text.ts';
import type { TopicFiles, Wanted } from './log-reader.ts';
import { distinctRelation, relation } from './relation.ts';
import { DAY_MS, HOUR_MS, type Window } from '../layout/window.ts';

/** What is read for the predictions of a window: feedback may come at any time after them, or by another clock just before. */
export function wantedFor(window: Window, until = new Date(Date.now() + DAY_MS)): Wanted {
  const [from, to] = [window.from.getTime(), window.to.getTime()];
  return { predictions: { from, to }, feedback: { from: from - HOUR_MS, to: Math.max(to, until.getTime()) } };
}

/** The bounds as an SQL condition on `time`. */
export const within = ({ from, to }: Window): string =>
  `time >= TIMESTAMPTZ '${from.toISOString()}' AND time < TIMESTAMPTZ '${to.toISOString()}'`;

/**
 * The predictions of a window, each once, with the feedback that holds: the latest, of equal times that of the greater id.
 *
 * @param options.columns Those of `predictions` to give; all where it is left out.
 * @param options.until Feedback from then on does not count.
 */
export function predictionsTable(
  files: TopicFiles,
  options: { window: Window; columns?: readonly string[]; until?: Date },
): string {
  const { window, columns = [...logColumns.predictions.keys()], until } = options;
  const rows = distinctRelation('predictions', files.predictions, { columns, where: within(window) });
  const joined = feedbackColumns.map(({ name }) => `f.${identifier(name)}`).join(', ');
  return `SELECT p.*, ${joined} FROM (${rows}) AS p LEFT JOIN (${latestFeedback(files, until)}) AS f ON f.prediction_id = p.id`;
}

/** Everything that was said, each record once. */
export function feedbackTable(files: TopicFiles, until?: Date): string {
  const columns = [...logColumns.feedback.keys()];
  return distinctRelation('feedback', files.feedback, { columns, ...before(until) });
}

function latestFeedback(files: TopicFiles, until?: Date): string {
  const columns = ['prediction_id', ...feedbackColumns.map(({ from }) => from)];
  const rows = relation('feedback', files.feedback, { columns, ...before(until) });
  const values = feedbackColumns.map(
    ({ name, from }) => `arg_max(${identifier(from)}, {'time': time, 'id': id}) AS ${identifier(name)}`,
  );
  return `SELECT prediction_id, ${values.join(', ')} FROM (${rows}) GROUP BY prediction_id`;
}

const before = (until?: Date): { where?: string } =>
  until === undefined ? {} : { where: `time < TIMESTAMPTZ '${until.toISOString()}'` };
