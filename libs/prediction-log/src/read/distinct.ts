import type { Scratch } from '../database/scratch.ts';
import type { Session } from '../database/open-database.ts';
import { literal } from '../database/sql-text.ts';
import type { LogTopic } from '../layout/log-object.ts';
import { relation, type LogFiles, type RelationOptions } from './relation.ts';

/** Rows of Parquet that are read together. */
const ROW_GROUP = 8192;

/**
 * The records of some files, each once, as a DuckDB relation. What may be there twice is written to a file first, with the columns that
 * are asked for: then memory holds no more of it than its ids.
 */
export async function distinctRelation(
  session: Session,
  options: RelationOptions & { topic: LogTopic; files: LogFiles; scratch: Scratch },
): Promise<string> {
  const { topic, files, scratch, ...what } = options;
  const { sure, doubtful } = partFiles(files);
  const known = relation(topic, sure, what);
  if (doubtful.lines.length + doubtful.compacted.length === 0) return known;
  const staged = `read_parquet(${literal(
    await stage(session, relation(topic, doubtful, what), scratch),
  )}, file_row_number = true)`;
  const first = `SELECT min(file_row_number) FROM ${staged} GROUP BY id`;
  return (
    `SELECT * EXCLUDE (file_row_number) FROM ${staged} WHERE file_row_number IN (${first}) ` +
    `UNION ALL BY NAME SELECT k.* FROM (${known}) AS k ANTI JOIN ${staged} AS s ON s.id = k.id`
  );
}

/** Writes rows to a file that is read a few times and goes. @returns Its path. */
export async function stage(session: Session, rows: string, scratch: Scratch): Promise<string> {
  const path = scratch.file();
  await session.rows(
    `COPY (${rows}) TO ${literal(path)} (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE ${ROW_GROUP})`,
  );
  return path;
}

/** The only compacted object of an hour has each record once; everything else may repeat what it has itself, or what another has. */
function partFiles(files: LogFiles): { sure: LogFiles; doubtful: LogFiles } {
  const objects = files.compacted.map((path, at) => ({ path, hour: files.hours[at]! }));
  const count = new Map<number, number>();
  for (const { hour } of objects) count.set(hour, (count.get(hour) ?? 0) + 1);
  const of = (some: typeof objects, lines: readonly string[]): LogFiles => ({
    lines,
    compacted: some.map(({ path }) => path),
    hours: some.map(({ hour }) => hour),
  });
  return {
    sure: of(
      objects.filter(({ hour }) => count.get(hour) === 1),
      [],
    ),
    doubtful: of(
      objects.filter(({ hour }) => count.get(hour) !== 1),
      files.lines,
    ),
  };
}
