import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectInfo, Precondition } from '@assay/object-store';
import type { Session } from '../database/open-database.ts';
import { literal } from '../database/sql-text.ts';
import type { LogReader } from '../read/log-reader.ts';

/** Rows that are held and packed together: 13 MB of events. */
const ROW_GROUP = 8192;

/** A Parquet file on this machine. */
export interface ParquetFile {
  path: string;
  rows: number;
}

/** Files for Parquet on its way; they go when `work` ends. */
export async function withScratch<T>(
  reader: LogReader,
  work: (file: () => string) => Promise<T>,
): Promise<T> {
  const folder = join(reader.folder, randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await work(() => join(folder, `${randomUUID()}.parquet`));
  } finally {
    await rm(folder, { recursive: true, force: true });
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
