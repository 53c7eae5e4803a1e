import { AssayError } from '@assay/schema';
import { HOUR_MS } from '../layout/window.ts';
import { uuidTime } from '../layout/uuid-time.ts';
import type { LogReader } from './log-reader.ts';
import { readLogged, type LoggedPrediction } from './logged-prediction.ts';
import { withHistory } from './records.ts';
import { wantedFor } from './tables.ts';

/** The answer comes a while after the id was made, perhaps by the clock of another processor. */
const AROUND = { before: HOUR_MS / 12, after: HOUR_MS / 2 };

/**
 * One prediction with all that was said of it. Its id tells the time, so that only the objects of an hour or two are looked
 * into; those of the feedback from then on.
 *
 * @returns `undefined` if the log has no such prediction.
 * @throws AssayError `invalid-query` if the id is no UUIDv7.
 */
export async function findPrediction(reader: LogReader, id: string): Promise<LoggedPrediction | undefined> {
  const made = uuidTime(id);
  if (made === undefined)
    throw new AssayError('invalid-query', `Expected the id of a prediction, a UUIDv7; received "${id}".`);
  const window = { from: new Date(made - AROUND.before), to: new Date(made + AROUND.after) };
  const [row] = await reader.read(wantedFor(window), (session, { files }) =>
    session.rows(`${withHistory(files, 'id = $id')} LIMIT 1`, { id: id.toLowerCase() }),
  );
  return row && readLogged(row.event as string, (row.history ?? []) as string[]);
}
