import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBValue,
} from '@duckdb/node-api';
import { databaseError } from './database-error.ts';

/** A value of a row: BIGINT as number, timestamps as dates, lists as arrays, maps as objects. */
export type SqlValue = string | number | boolean | Date | null | SqlValue[] | { [name: string]: SqlValue };
export type Row = Record<string, SqlValue>;
export type Parameters = Readonly<Record<string, DuckDBValue>>;

/** Some rows by column; columns are counted from 0. */
export interface Chunk {
  rows: number;
  /** Of a column of the type DOUBLE; NaN for null. @param into Room for them, else it is made. */
  numbers(column: number, into?: Float64Array): Float64Array;
  /** A value of a column of the type VARCHAR; each costs, so it is read when it is asked for. */
  text(column: number, row: number): string | null;
}

/** A connection to DuckDB; views of one are not seen by others. */
export interface Session {
  /** Runs one statement. */
  rows(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** The rows of one statement as they come. */
  stream(sql: string, parameters?: Parameters): AsyncGenerator<Row>;
  /** The same by column, some thousand rows at a time: for millions of numbers. */
  chunks(sql: string): AsyncGenerator<Chunk>;
  close(): void;
}

export interface DatabaseOptions {
  /** What DuckDB may take beside its own code; what does not fit is written aside where the statement allows it. Bytes, default 300 MB. */
  memoryBytes?: number;
  /** Default: one for each processor. */
  threads?: number;
}

export interface Database {
  /** For files that live as long as the database. */
  readonly folder: string;
  connect(): Promise<Session>;
  /** Ends it and removes the folder. */
  close(): Promise<void>;
}

const MEMORY_BYTES = 300e6;

/** Opens a DuckDB that is empty, in memory, and asks nobody outside. */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-log-'));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${options.memoryBytes ?? MEMORY_BYTES}B`,
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    temp_directory: join(folder, 'aside'),
    // Extensions are not fetched: all that is needed is built in.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Rows come in the order that a statement asks for, else in any: less has to be held.
    preserve_insertion_order: 'false',
  });
  const setup = await instance.connect();
  await setup.run("SET GLOBAL TimeZone = 'UTC'");
  setup.closeSync();
  return {
    folder,
    connect: async () => session(await instance.connect()),
    close: async () => {
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function session(connection: DuckDBConnection): Session {
  return {
    rows: async (sql, parameters) => {
      try {
        const reader = await connection.runAndReadAll(sql, parameters);
        return reader.getRowObjectsJS().map(plainRow);
      } catch (error) {
        throw databaseError(error);
      }
    },
    stream: async function* (sql, parameters) {
      try {
        const result = await connection.stream(sql, parameters);
        for await (const rows of result.yieldRowObjectJs()) for (const row of rows) yield plainRow(row);
      } catch (error) {
        throw databaseError(error);
      }
    },
    chunks: async function* (sql) {
      try {
        for await (const chunk of await connection.stream(sql)) yield byColumn(chunk);
      } catch (error) {
        throw databaseError(error);
      }
    },
    close: () => connection.closeSync(),
  };
}

function byColumn(chunk: DuckDBDataChunk): Chunk {
  const rows = chunk.rowCount;
  return {
    rows,
    numbers: (column, into) => {
      const vector = chunk.getColumnVector(column);
      const values = into && into.length >= rows ? into.subarray(0, rows) : new Float64Array(rows);
      for (let row = 0; row < rows; row++) values[row] = (vector.getItem(row) as number | null) ?? NaN;
      return values;
    },
    text: (column, row) => chunk.getColumnVector(column).getItem(row) as string | null,
  };
}

const plainRow = (row: Record<string, unknown>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));

/** A value as JSON has it, but for dates. */
function plain(value: unknown): SqlValue {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value as SqlValue;
  if (Array.isArray(value)) {
    const entries = value as unknown[];
    // A map comes as a list of entries.
    if (entries.length > 0 && entries.every(isEntry))
      return Object.fromEntries(entries.map(({ key, value: one }) => [key, plain(one)]));
    return entries.map(plain);
  }
  return plainRow(value as Record<string, unknown>);
}

function isEntry(value: unknown): value is { key: string; value: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    'value' in value &&
    Object.keys(value).length === 2
  );
}
