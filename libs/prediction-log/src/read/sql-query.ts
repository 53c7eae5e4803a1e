import { AssayError } from '@assay/schema';
import { feedbackColumns, logColumns } from '../columns.ts';
import type { Row } from '../database/open-database.ts';
import { checkWindow, type Window } from '../layout/window.ts';
import type { LogReader } from './log-reader.ts';
import { createTables, wantedForTables } from './tables.ts';

export interface SqlOptions {
  window: Window;
  /** Feedback from then on does not count. Default: all of it does. */
  until?: Date;
}

/**
 * The rows of a SELECT in DuckDB's SQL over two tables: `predictions`, those of the window, each once, joined with the feedback
 * that holds; and `feedback`, all that was said since the window began.
 *
 * @throws AssayError `invalid-query` if the statement cannot be run, `query-too-large` if it takes more memory than it may.
 */
export async function* querySql(reader: LogReader, sql: string, options: SqlOptions): AsyncGenerator<Row> {
  if (!/^\s*(select|with|from|describe|summarize)\b/i.test(sql))
    throw new AssayError(
      'invalid-query',
      'Expected one SELECT statement over the tables predictions and feedback.',
    );
  const tables = {
    window: checkWindow(options.window),
    columns: columnsIn(sql),
    until: options.until,
    feedback: /\bfeedback\b/i.test(sql),
  };
  yield* reader.stream(wantedForTables(tables), async (session, from) => {
    await createTables(session, from, tables);
    return { sql };
  });
}

/** Columns of `predictions` that a statement may need: those that it names, or all if it takes some without a name. */
function columnsIn(sql: string): string[] {
  const all = [...logColumns.predictions.keys(), ...feedbackColumns.map(({ name }) => name)];
  const unnamed = /\*|\bcolumns\s*\(|\bnatural\b|^\s*(describe|summarize|from)\b/i;
  if (unnamed.test(sql.replaceAll(/count\s*\(\s*\*\s*\)/gi, ''))) return all;
  const text = sql.toLowerCase();
  return all.filter((name) => text.includes(name));
}
