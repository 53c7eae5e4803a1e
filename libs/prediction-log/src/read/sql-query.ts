import { AssayError } from '@assay/schema';
import { logColumns } from '../columns.ts';
import type { Row } from '../database/open-database.ts';
import { checkWindow, type Window } from '../layout/window.ts';
import type { LogReader } from './log-reader.ts';
import { feedbackTable, predictionsTable, wantedFor } from './tables.ts';

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
  const window = checkWindow(options.window);
  const until = options.until && { until: options.until };
  const statement = sql.trim().replace(/;\s*$/, '');
  if (!/^(select|with|from|describe|summarize)\b/i.test(statement))
    throw new AssayError(
      'invalid-query',
      'Expected one SELECT statement over the tables predictions and feedback.',
    );
  yield* reader.stream(wantedFor(window, options.until), (files) => {
    const columns = [...logColumns.predictions.keys()].filter((name) => mayNeed(statement, name));
    const tables = `predictions AS (${predictionsTable(files, { window, columns, ...until })}), feedback AS (${feedbackTable(files, options.until)})`;
    const [, recursive = '', rest = statement] = /^with\s+(recursive\s+)?(.*)$/is.exec(statement) ?? [];
    if (/^with\b/i.test(statement)) return { sql: `WITH ${recursive}${tables}, ${rest}` };
    const described = /^(describe|summarize)\s+(.*)$/is.exec(statement);
    if (described) {
      const what = /^(predictions|feedback)$/i.test(described[2]!)
        ? `SELECT * FROM ${described[2]!}`
        : described[2]!;
      return { sql: `${described[1]!} WITH ${tables} ${what}` };
    }
    return { sql: `WITH ${tables} ${statement}` };
  });
}

/** Columns that a statement neither names nor takes with a star are not read. */
function mayNeed(statement: string, column: string): boolean {
  const stars = statement.replaceAll(/count\s*\(\s*\*\s*\)/gi, '');
  return (
    /\*|\bcolumns\s*\(|\bnatural\b|^(describe|summarize)\b/i.test(stars) ||
    statement.toLowerCase().includes(column)
  );
}
