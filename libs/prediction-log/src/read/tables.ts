import { feedbackColumns, logColumns } from '../columns.ts';
import type { Session } from '../database/open-database.ts';
import { identifier } from '../database/sql-text.ts';
import { DAY_MS, HOUR_MS, type Window } from '../layout/window.ts';
import { distinctRelation } from './distinct.ts';
import type { Found, TopicFiles, Wanted } from './log-reader.ts';
import { relation } from './relation.ts';

/** What is asked of the tables `predictions` and `feedback`. */
export interface TableOptions {
  window: Window;
  /** Of `predictions`, those of feedback among them; others are null, or not there. */
  columns: readonly string[];
  /** Feedback from then on does not count. */
  until?: Date | undefined;
  /** Whether there is to be a table `feedback`. */
  feedback?: boolean;
}

/** What is read for the predictions of a window: feedback may come at any time after them, or by another clock just before. */
export function wantedFor(
  window: Window,
  options: { until?: Date | undefined; feedback?: boolean } = {},
): Wanted {
  const { until = new Date(Date.now() + DAY_MS), feedback = true } = options;
  const [from, to] = [window.from.getTime(), window.to.getTime()];
  const said = { feedback: { from: from - HOUR_MS, to: Math.max(to, until.getTime()) } };
  return { predictions: { from, to }, ...(feedback ? said : {}) };
}

/** What is read for some tables. */
export const wantedForTables = (options: TableOptions): Wanted =>
  wantedFor(options.window, { until: options.until, feedback: needsFeedback(options) });

/** The bounds as an SQL condition on `time`. */
export const within = ({ from, to }: Window): string =>
  `time >= TIMESTAMPTZ '${from.toISOString()}' AND time < TIMESTAMPTZ '${to.toISOString()}'`;

/**
 * Makes the views `predictions` and `feedback` in a session: the predictions of a window, each once, with the feedback that holds (the
 * latest, of equal times that of the greater id), and everything that was said since the window began, each record once.
 */
export async function createTables(
  session: Session,
  from: Pick<Found, 'files' | 'scratch'>,
  options: TableOptions,
): Promise<void> {
  const { files, scratch } = from;
  const { window, columns, until, feedback = false } = options;
  const logged = columns.filter((name) => logColumns.predictions.has(name));
  const rows = await distinctRelation(session, {
    topic: 'predictions',
    files: files.predictions,
    scratch,
    columns: logged,
    where: within(window),
  });
  const joined = feedbackColumns.map(({ name }) => `f.${identifier(name)}`).join(', ');
  await createView(
    session,
    'predictions',
    needsFeedback({ ...options, feedback: false })
      ? `SELECT p.*, ${joined} FROM (${rows}) AS p LEFT JOIN (${latestFeedback(files, until)}) AS f ON f.prediction_id = p.id`
      : rows,
  );
  if (!feedback) return;
  const all = [...logColumns.feedback.keys()];
  const said = { topic: 'feedback', files: files.feedback, scratch, columns: all, ...before(until) } as const;
  await createView(session, 'feedback', await distinctRelation(session, said));
}

const createView = (session: Session, name: string, rows: string) =>
  session.rows(`CREATE OR REPLACE TEMP VIEW ${name} AS ${rows}`);

const needsFeedback = ({ columns, feedback = false }: TableOptions): boolean =>
  feedback || feedbackColumns.some(({ name }) => columns.includes(name));

/** What holds of each prediction, with `prediction_id`. Said twice is said once here, as the same is the latest. */
export function latestFeedback(files: TopicFiles, until?: Date): string {
  const columns = ['prediction_id', ...feedbackColumns.map(({ from }) => from)];
  const rows = relation('feedback', files.feedback, { columns, ...before(until) });
  const values = feedbackColumns.map(
    ({ name, from }) => `arg_max(${identifier(from)}, {'time': time, 'id': id}) AS ${identifier(name)}`,
  );
  return `SELECT prediction_id, ${values.join(', ')} FROM (${rows}) GROUP BY prediction_id`;
}

const before = (until?: Date): { where?: string } =>
  until === undefined ? {} : { where: `time < TIMESTAMPTZ '${until.toISOString()}'` };
