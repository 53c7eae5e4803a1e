import { randomBytes } from 'node:crypto';
import type { ObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';
import { logColumns } from '../columns.ts';
import type { Session } from '../database/open-database.ts';
import { listOf } from '../database/sql-text.ts';
import { listPrefix } from '../layout/list-window.ts';
import { compactedKey, hourFolder, logTopics, type LogObject, type LogTopic } from '../layout/log-object.ts';
import { HOUR_MS } from '../layout/window.ts';
import { countLines } from '../read/inspect.ts';
import type { LogReader } from '../read/log-reader.ts';
import { relation } from '../read/relation.ts';
import { withLease } from './lease.ts';
import { packRecords } from './pack-records.ts';
import { putFile, withScratch } from './write-parquet.ts';

export interface CompactOptions {
  /** Hours that end later are left as they are. Default: ten minutes ago, when the sinks have written what is of an hour. */
  before?: Date;
  signal?: AbortSignal;
  /** Hears of each hour that is done. */
  onHour?: (done: { topic: LogTopic; hour: Date; objects: number; records: number }) => void;
}

export interface CompactionReport {
  /** That were compacted. */
  hours: number;
  /** That were put together and deleted. */
  objects: number;
  /** In the new objects, each once. */
  records: number;
  /** Of the objects before and after. */
  bytes: { before: number; after: number };
  /** Objects that were not touched, because something in them is not understood. */
  left: { key: string; why: string }[];
}

const SINKS_ARE_DONE_MS = 10 * 60_000;

/**
 * Puts the objects of each hour together into one of zstd Parquet in which each record stands once, under the hour in which it
 * happened. New objects are durable before the first of the old is deleted: whoever reads, at any time and after any crash,
 * finds each record, and at most twice, which reading evens out. What is compacted already is not touched.
 *
 * Objects with events of a newer version, or with damage other than a torn last line, stay as they are.
 *
 * @throws AssayError `log-busy` if another process changes the log.
 */
export async function compactLog(reader: LogReader, options: CompactOptions = {}): Promise<CompactionReport> {
  const { before = new Date(Date.now() - SINKS_ARE_DONE_MS), onHour, signal } = options;
  const report: CompactionReport = {
    hours: 0,
    objects: 0,
    records: 0,
    bytes: { before: 0, after: 0 },
    left: [],
  };
  const lease = { purpose: 'compact', ...(signal && { signal }) };
  await withLease(reader.store, lease, async (stop) => {
    for (const topic of logTopics)
      for (const hour of await hoursOf(reader.store, topic, before.getTime())) {
        stop.throwIfAborted();
        const done = await compactHour(reader, { topic, hour, stop, report });
        if (done) onHour?.({ topic, hour: new Date(hour), ...done });
      }
  });
  return report;
}

/** Hours with objects, the latest first: what proves to be of an earlier hour is in place before that one's turn. */
async function hoursOf(store: ObjectStore, topic: LogTopic, before: number): Promise<number[]> {
  const hours = new Set<number>();
  for (const { hour } of await listPrefix(store, `${topic}/`)) if (hour + HOUR_MS <= before) hours.add(hour);
  return [...hours].sort((a, b) => b - a);
}

interface HourTask {
  topic: LogTopic;
  hour: number;
  stop: AbortSignal;
  report: CompactionReport;
}

async function compactHour(
  reader: LogReader,
  { topic, hour, stop, report }: HourTask,
): Promise<{ objects: number; records: number } | undefined> {
  const listed = await listPrefix(reader.store, hourFolder(topic, hour));
  const lines = listed.filter(({ kind }) => kind === 'lines');
  if (lines.length === 0 && listed.filter(({ kind }) => kind === 'compacted').length < 2) return undefined;
  await reader.probe(listed);
  const compacted = listed.filter((object) => object.kind === 'compacted' && !reader.isDamaged(object));
  for (const { info } of listed.filter(reader.isDamaged)) report.left.push({ key: info.key, why: 'damaged' });
  const understood = await chooseLines(reader, lines, report);
  const sources = [...understood.objects, ...compacted];
  if (understood.objects.length === 0 && compacted.length < 2) return undefined;

  const bytes = { before: sizeOf(sources.map(({ info }) => info)), after: 0 };
  const records = await withScratch(reader, async (scratch) => {
    const session = await reader.connect();
    try {
      const paths = await reader.local(sources);
      const columns = [...logColumns[topic].keys()];
      const files = {
        lines: paths.slice(0, understood.objects.length),
        compacted: paths.slice(understood.objects.length),
        hours: compacted.map((object) => object.hour),
      };
      const packed = await packRecords(session, relation(topic, files, { columns, verbatim: true }), scratch);
      const written = packed.files.reduce((sum, { file }) => sum + file.rows, 0);
      const expected = understood.events + (await countRows(session, files.compacted));
      if (packed.rows !== expected || written !== packed.records) throw miscounted(topic, hour);
      for (const { hour: of, file } of packed.files) {
        stop.throwIfAborted();
        const key = compactedKey(topic, of, randomBytes(8).toString('hex'));
        bytes.after += (await putFile(reader, file, { key, condition: { ifAbsent: true } })).size;
      }
      return written;
    } finally {
      session.close();
    }
  });
  stop.throwIfAborted();
  for (const { info } of sources) await deleteSource(reader.store, info);
  report.hours += 1;
  report.objects += sources.length;
  report.records += records;
  report.bytes.before += bytes.before;
  report.bytes.after += bytes.after;
  return { objects: sources.length, records };
}

/** The objects all of whose lines are understood, save a torn last one; the others are reported. */
async function chooseLines(reader: LogReader, lines: readonly LogObject[], report: CompactionReport) {
  const objects: LogObject[] = [];
  let events = 0;
  const counts = await countLines(reader, lines);
  for (const [at, object] of lines.entries()) {
    const { good, torn, newer } = counts[at]!;
    const whole = torn === 0 || (torn === 1 && (await endsTorn(reader.store, object)));
    if (whole && newer === 0) {
      objects.push(object);
      events += good;
    } else
      report.left.push({
        key: object.info.key,
        why: newer > 0 ? `${newer} events of a newer version` : `${torn} lines that are no events`,
      });
  }
  return { objects, events };
}

async function endsTorn(store: ObjectStore, { info }: LogObject): Promise<boolean> {
  const { content } = await store.get(info.key, { range: { start: info.size - 1 } });
  return content[0] !== 0x0a;
}

async function countRows(session: Session, files: readonly string[]): Promise<number> {
  if (files.length === 0) return 0;
  const [row] = await session.rows(
    `SELECT count(*) AS rows FROM read_parquet(${listOf(files)}, union_by_name = true)`,
  );
  return row!.rows as number;
}

/** Only what was read: an object that was written again since stays. */
async function deleteSource(store: ObjectStore, { key, generation }: LogObject['info']): Promise<void> {
  try {
    await store.delete(key, { ifGeneration: generation });
  } catch (error) {
    if (!(error instanceof AssayError && error.code === 'precondition-failed')) throw error;
  }
}

const sizeOf = (objects: readonly { size: number }[]) => objects.reduce((sum, { size }) => sum + size, 0);

function miscounted(topic: LogTopic, hour: number): AssayError {
  return new AssayError(
    'internal',
    `The records of ${hourFolder(topic, hour)} were counted differently before and after compaction. Nothing was deleted; please report it.`,
  );
}
