import { eventTypeOf, logColumns } from '../columns.ts';
import { listOf, literal } from '../database/sql-text.ts';
import { listWindow } from '../layout/list-window.ts';
import { logTopics, type LogObject } from '../layout/log-object.ts';
import { checkWindow, type Window } from '../layout/window.ts';
import type { LogReader } from './log-reader.ts';
import { readLines } from './relation.ts';

/** What a window of the log consists of, and what in it is passed over by those who read. */
export interface LogInspection {
  objects: number;
  /** Of the objects, as stored. */
  bytes: number;
  /** Objects of JSON lines that await compaction. */
  uncompacted: number;
  /** Lines that are no JSON: the last one of a writer that crashed, or damage. */
  tornLines: number;
  /** Events of a version that this release does not know. */
  newerLines: number;
  /** Keys of compacted objects that a newer release wrote. */
  newerObjects: string[];
  /** Keys of compacted objects that cannot be read. */
  damagedObjects: string[];
}

/**
 * Looks at each object of a window, of both topics.
 *
 * @throws AssayError `invalid-query` if the window is none.
 */
export async function inspectLog(reader: LogReader, window: Window): Promise<LogInspection> {
  checkWindow(window);
  const range = { from: window.from.getTime(), to: window.to.getTime() };
  // Reading each Parquet object whole is what finds damage.
  await reader.read(
    { predictions: range, feedback: range },
    async (session, { files: { predictions, feedback } }) => {
      const files = [...predictions.compacted, ...feedback.compacted];
      if (files.length > 0)
        await session.rows(
          `SELECT count(hash(event)) FROM read_parquet(${listOf(files)}, union_by_name = true)`,
        );
    },
  );
  const inspection: LogInspection = {
    objects: 0,
    bytes: 0,
    uncompacted: 0,
    tornLines: 0,
    newerLines: 0,
    newerObjects: [],
    damagedObjects: [],
  };
  for (const topic of logTopics) {
    const objects = await listWindow(reader.store, topic, range);
    const keys = (some: readonly LogObject[]) => some.map(({ info }) => info.key);
    const lines = objects.filter(({ kind }) => kind === 'lines');
    inspection.objects += objects.length;
    inspection.bytes += objects.reduce((sum, { info }) => sum + info.size, 0);
    inspection.uncompacted += lines.length;
    inspection.newerObjects.push(...keys(objects.filter(({ kind }) => kind === 'newer')));
    inspection.damagedObjects.push(...keys(objects.filter(reader.isDamaged)));
    for (const { torn, newer } of await countLines(reader, lines)) {
      inspection.tornLines += torn;
      inspection.newerLines += newer;
    }
  }
  return inspection;
}

/** Lines of one object. */
export interface LineCounts {
  /** Those that hold an event of the topic's type. */
  good: number;
  torn: number;
  newer: number;
}

const eventColumns = ['id', 'time'].map((name) => logColumns.predictions.get(name)!);

/** What the lines of each object are; a line that is no JSON counts as torn. */
export async function countLines(reader: LogReader, objects: readonly LogObject[]): Promise<LineCounts[]> {
  if (objects.length === 0) return [];
  const paths = await reader.local(objects);
  const session = await reader.connect();
  try {
    const types = logTopics.map((topic) => literal(eventTypeOf[topic])).join(', ');
    const lines = readLines(paths, { columns: eventColumns, filename: true });
    const rows = await session.rows(
      'SELECT filename, count(*) AS total, count(*) FILTER (event) AS events, ' +
        `count(*) FILTER (event AND coalesce(e.type NOT IN (${types}), true)) AS newer ` +
        `FROM (SELECT *, coalesce(e.id IS NOT NULL AND e.time IS NOT NULL, false) AS event FROM (${lines})) GROUP BY filename`,
    );
    const counts = new Map(
      rows.map((row) => [row.filename, row as Record<'total' | 'events' | 'newer', number>]),
    );
    return paths.map((path) => {
      const { total, events, newer } = counts.get(path) ?? { total: 0, events: 0, newer: 0 };
      return { good: events - newer, torn: total - events, newer };
    });
  } finally {
    session.close();
  }
}
