import type { Session } from '../database/open-database.ts';
import type { Scratch } from '../database/scratch.ts';
import { literal } from '../database/sql-text.ts';
import { writeParquet, type ParquetFile } from './write-parquet.ts';

/** Records as Parquet. */
export interface PackedRecords {
  /** Rows that came, duplicates included. */
  rows: number;
  /** Records by their id. */
  records: number;
  /** One for each hour in which something happened (milliseconds since 1970), each record once. */
  files: { hour: number; file: ParquetFile }[];
}

/**
 * Writes rows of the log as Parquet, by hour, each record once. They go through a file, so that memory holds no more than their ids.
 */
export async function packRecords(session: Session, rows: string, scratch: Scratch): Promise<PackedRecords> {
  const staged = await writeParquet(session, rows, scratch.file());
  const from = `read_parquet(${literal(staged.path)}, file_row_number = true)`;
  const [counts] = await session.rows(`SELECT count(DISTINCT id) AS records FROM ${from}`);
  const records = counts!.records as number;
  const hourOf = "epoch_ms(date_trunc('hour', time))";
  const hours = (await session.rows(`SELECT DISTINCT ${hourOf} AS hour FROM ${from}`)).map(
    ({ hour }) => hour as number,
  );
  if (hours.length === 1 && records === staged.rows)
    return { rows: staged.rows, records, files: [{ hour: hours[0]!, file: staged }] };
  const first = `file_row_number IN (SELECT min(file_row_number) FROM ${from} GROUP BY id)`;
  const files: PackedRecords['files'] = [];
  for (const hour of hours) {
    const statement = `SELECT * EXCLUDE (file_row_number) FROM ${from} WHERE ${first} AND ${hourOf} = ${hour}`;
    files.push({ hour, file: await writeParquet(session, statement, scratch.file()) });
  }
  return { rows: staged.rows, records, files };
}
