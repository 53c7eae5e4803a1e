import { createReadStream } from 'node:fs';
import type { ObjectInfo, Precondition } from '@assay/object-store';
import type { Session } from '../database/open-database.ts';
import { makeScratch, type Scratch } from '../database/scratch.ts';
import { literal } from '../database/sql-text.ts';
import type { LogReader } from '../read/log-reader.ts';

/** Rows that are held and packed together: 13 MB of events. */
const ROW_GROUP = 8192;

/** A Parquet file on this machine. */
export interface ParquetFile {
  path: string;
  rows: number;
}

/** Room for files on their way, until `work` ends. */
export async function withScratch<T>(reader: LogReader, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const scratch = await makeScratch(reader.folder);
  try {
    return await work(scratch);
  } finally {
    await scratch.remove();
  }
}

/** Writes the rows of a statement as zstd Parquet. They are not sorted, which would need memory for all of them. */
export async function writeParquet(session: Session, statement: string, path: string): Promise<ParquetFile> {
  const [written] = await session.rows(
    `COPY (${statement}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`,
  );
  return { path, rows: Number(written?.Count) };
}

/** Puts a file under a key, in one step. */
export function putFile(
  reader: LogReader,
  { path }: ParquetFile,
  target: { key: string; condition: Precondition },
): Promise<ObjectInfo> {
  return reader.store.putStream(target.key, createReadStream(path), target.condition);
}
