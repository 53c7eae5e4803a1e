import { join } from 'node:path';
import type { ObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { invalidQuery, UnreadableFile, VanishedFile } from '../database/database-error.ts';
import {
  openDatabase,
  type DatabaseOptions,
  type Parameters,
  type Row,
  type Session,
} from '../database/open-database.ts';
import { makeScratch, type Scratch } from '../database/scratch.ts';
import { listOf } from '../database/sql-text.ts';
import { listWindow } from '../layout/list-window.ts';
import { logTopics, type LogObject, type LogTopic } from '../layout/log-object.ts';
import { localObjects } from './local-objects.ts';
import type { LogFiles } from './relation.ts';

/** Milliseconds since 1970, `to` excluded; topics that are left out are not read. */
export type Wanted = Readonly<Partial<Record<LogTopic, { from: number; to: number }>>>;
export type TopicFiles = Readonly<Record<LogTopic, LogFiles>>;

/** What is found of some windows, and room for files that go when the work ends. */
export interface Found {
  files: TopicFiles;
  scratch: Scratch;
  /** The hour that a file of lines with predictions is filed under, by its path. Milliseconds since 1970. */
  hourOfLines: ReadonlyMap<string, number>;
  /** Hours of objects with predictions that are not read: damaged ones, and those that a newer release wrote. */
  unread: readonly number[];
}

export interface LogReaderOptions extends DatabaseOptions {
  /** How much is kept of what was fetched from a store that is no folder. Bytes, default 4 GB. */
  cacheBytes?: number;
}

/** Objects of the log as files for DuckDB. */
export interface LogReader {
  readonly store: ObjectStore;
  /** For files that live as long as the reader. */
  readonly folder: string;
  /** Runs `work` over the files of some windows, and anew where files vanish under it or prove to be damaged. */
  read<T>(wanted: Wanted, work: (session: Session, from: Found) => Promise<T>): Promise<T>;
  /** The rows of one statement, as {@link read}, as they come. */
  stream(
    wanted: Wanted,
    statement: (session: Session, from: Found) => Promise<Statement>,
  ): AsyncGenerator<Row>;
  /** The same objects as files, and which of them are damaged as far as is known. */
  local(objects: readonly LogObject[]): Promise<string[]>;
  isDamaged(object: LogObject): boolean;
  /** Reads compacted objects whole to find those that are damaged. @returns How many it found that were not known. */
  probe(objects: readonly LogObject[]): Promise<number>;
  connect(): Promise<Session>;
  close(): Promise<void>;
}

export interface Statement {
  sql: string;
  parameters?: Parameters;
}

const CACHE_BYTES = 4e9;

/** A compaction may come between listing and reading, but not this often. */
const ATTEMPTS = 10;

const nothing: LogFiles = { lines: [], compacted: [], hours: [] };

export async function openLogReader(store: ObjectStore, options: LogReaderOptions = {}): Promise<LogReader> {
  const { cacheBytes = CACHE_BYTES, ...database } = options;
  const { folder, connect, close } = await openDatabase(database);
  const local = localObjects(store, { folder: join(folder, 'objects'), bytes: cacheBytes });
  const damaged = new Set<string>();
  const isDamaged = ({ info }: LogObject) => damaged.has(`${info.key}@${info.generation}`);

  const find = async (wanted: Wanted): Promise<Record<LogTopic, LogObject[]>> => {
    const found: Record<LogTopic, LogObject[]> = { predictions: [], feedback: [] };
    for (const topic of logTopics) {
      const window = wanted[topic];
      if (!window) continue;
      const objects = await listWindow(store, topic, window);
      found[topic] = objects;
    }
    return found;
  };
  const isUnread = (object: LogObject) => object.kind === 'newer' || isDamaged(object);

  const toFiles = async (objects: readonly LogObject[]): Promise<LogFiles> => {
    if (objects.length === 0) return nothing;
    const paths = await local.paths(objects.map(({ info }) => info));
    const of = (kind: LogObject['kind']) => paths.filter((_, at) => objects[at]!.kind === kind);
    const compacted = of('compacted');
    const hours = objects.filter(({ kind }) => kind === 'compacted').map(({ hour }) => hour);
    return { lines: of('lines'), compacted, hours };
  };

  const probe = async (objects: readonly LogObject[]): Promise<number> => {
    const before = damaged.size;
    const session = await connect();
    try {
      for (const object of objects) {
        if (object.kind !== 'compacted' || isDamaged(object)) continue;
        const files = await local.paths([object.info]);
        await session
          .rows(`SELECT count(hash(COLUMNS(*))) FROM read_parquet(${listOf(files)})`)
          .catch((error: unknown) => {
            if (!(error instanceof UnreadableFile)) throw error;
            damaged.add(`${object.info.key}@${object.info.generation}`);
          });
      }
    } finally {
      session.close();
    }
    return damaged.size - before;
  };

  const attempt = async <T>(
    wanted: Wanted,
    work: (found: Omit<Found, 'scratch'>) => Promise<T>,
  ): Promise<T> => {
    for (let attempts = 1; ; attempts++) {
      const all = await find(wanted);
      const readable = (objects: readonly LogObject[]) => objects.filter((object) => !isUnread(object));
      const objects = { predictions: readable(all.predictions), feedback: readable(all.feedback) };
      try {
        const files = {
          predictions: await toFiles(objects.predictions),
          feedback: await toFiles(objects.feedback),
        };
        const lines = objects.predictions.filter(({ kind }) => kind === 'lines');
        return await work({
          files,
          hourOfLines: new Map(files.predictions.lines.map((path, at) => [path, lines[at]!.hour])),
          unread: all.predictions.filter(isUnread).map(({ hour }) => hour),
        });
      } catch (error) {
        if (error instanceof VanishedFile || isGone(error)) {
          if (attempts === ATTEMPTS) throw changing(error);
          continue;
        }
        if (!(error instanceof UnreadableFile)) throw error;
        // Lines that are no JSON do no harm: only Parquet can be at fault.
        const found = await probe([...objects.predictions, ...objects.feedback]);
        if (found === 0) throw invalidQuery(error);
      }
    }
  };

  const read: LogReader['read'] = async (wanted, work) => {
    const session = await connect();
    const scratch = await makeScratch(folder);
    try {
      return await attempt(wanted, (found) => work(session, { ...found, scratch }));
    } finally {
      session.close();
      await scratch.remove();
    }
  };

  const stream: LogReader['stream'] = async function* (wanted, statement) {
    const session = await connect();
    const scratch = await makeScratch(folder);
    let rows: AsyncGenerator<Row> | undefined;
    try {
      // Until the first row comes, another attempt does no harm.
      const first = await attempt(wanted, async (found) => {
        const { sql, parameters } = await statement(session, { ...found, scratch });
        rows = session.stream(sql, parameters);
        return rows.next();
      });
      for (let next = first; !next.done; next = await rows!.next()) yield next.value;
    } catch (error) {
      throw error instanceof VanishedFile ? changing(error) : error;
    } finally {
      await rows?.return(undefined);
      session.close();
      await scratch.remove();
    }
  };

  return {
    store,
    folder,
    read,
    isDamaged,
    probe,
    connect,
    close,
    local: (objects) => local.paths(objects.map(({ info }) => info)),
    stream,
  };
}

const isGone = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

const changing = (cause: unknown) =>
  new AssayError('log-busy', 'Objects of the log were replaced while they were read. Ask again.', { cause });
