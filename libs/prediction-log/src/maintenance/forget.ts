import { AssayError, inputKey } from '@assay/schema';
import { listOf, literal } from '../database/sql-text.ts';
import { listPrefix } from '../layout/list-window.ts';
import type { LogObject, LogTopic } from '../layout/log-object.ts';
import { uuidTime } from '../layout/uuid-time.ts';
import { HOUR_MS, hourOf } from '../layout/window.ts';
import type { LogReader } from '../read/log-reader.ts';
import { dropProfiles } from './drop-profiles.ts';
import { withLease } from './lease.ts';
import { putFile, withScratch, writeParquet } from './write-parquet.ts';

export interface ForgetReport {
  /** Predictions that are gone, duplicates counted. */
  predictions: number;
  /** Feedback that is gone, duplicates counted. */
  feedback: number;
  /** Objects that were written anew or deleted. */
  objects: number;
  /** Kept inputs that were deleted. */
  inputs: number;
  /** Keys of objects that cannot be read, or only by a newer release: nobody looked into them. */
  notRead: string[];
}

/**
 * Removes every trace of some inputs: the inputs where they were kept, the predictions made of them, what was said of those, and what was counted of
 * their hours.
 * Each object is replaced in one step, and a crash leaves work for the same call again. What is on its way through the bus is
 * not seen: call it again after that, until it finds nothing.
 *
 * @param digests sha256 of the inputs, hex.
 * @throws AssayError `invalid-query` if one of them is none, `log-busy` if another process changes the log.
 */
export async function forgetInputs(
  reader: LogReader,
  digests: readonly string[],
  { signal }: { signal?: AbortSignal } = {},
): Promise<ForgetReport> {
  const wanted = new Set(digests.map(checkDigest));
  const report: ForgetReport = { predictions: 0, feedback: 0, objects: 0, inputs: 0, notRead: [] };
  const { store } = reader;
  await withLease(store, { purpose: 'forget', ...(signal && { signal }) }, async (stop) => {
    for (const digest of wanted) if (await store.delete(inputKey(digest))) report.inputs += 1;
    const predictions = await readable(reader, 'predictions', report);
    const feedback = await readable(reader, 'feedback', report);
    // Feedback first: while the predictions are there a second call finds their ids again.
    const ids = await findPredictions(reader, predictions, wanted);
    await dropFrom(feedback, { topic: 'feedback', column: 'prediction_id', member: PREDICTION, values: ids });
    const hours = new Set([...ids].flatMap(hoursAround));
    // Before, as a crash in between must not leave them; and after, as somebody may have counted meanwhile.
    if (hours.size > 0) await dropProfiles(store, (hour) => hours.has(hour));
    await dropFrom(predictions, {
      topic: 'predictions',
      column: 'input_sha256',
      member: INPUT,
      values: wanted,
    });
    if (hours.size > 0) await dropProfiles(store, (hour) => hours.has(hour));

    async function dropFrom(objects: readonly LogObject[], drop: Drop & { topic: LogTopic }): Promise<void> {
      for (const object of drop.values.size === 0 ? [] : objects) {
        stop.throwIfAborted();
        const dropped = await rewrite(reader, object, drop);
        if (dropped === 0) continue;
        report[drop.topic] += dropped;
        report.objects += 1;
      }
    }
  });
  return report;
}

/** Hours that the prediction of an id may lie in: the answer comes after the id was made. */
function hoursAround(id: string): number[] {
  const made = uuidTime(id);
  return made === undefined ? [] : [hourOf(made), hourOf(made) + HOUR_MS];
}

/** The objects of a topic that can be looked into; the others are reported. */
async function readable(reader: LogReader, topic: LogTopic, report: ForgetReport): Promise<LogObject[]> {
  const all = await listPrefix(reader.store, `${topic}/`);
  await reader.probe(all);
  const unread = (object: LogObject) => object.kind === 'newer' || reader.isDamaged(object);
  report.notRead.push(...all.filter(unread).map(({ info }) => info.key));
  return all.filter((object) => !unread(object));
}

function checkDigest(digest: string): string {
  if (/^[0-9a-f]{64}$/i.test(digest)) return digest.toLowerCase();
  throw new AssayError(
    'invalid-query',
    `Expected the sha256 of an input, 64 hex digits; received "${digest}".`,
  );
}

/** What is dropped: rows of Parquet by a column, lines of JSON by the member that the column is of. */
interface Drop {
  column: string;
  member: RegExp;
  values: ReadonlySet<string>;
}

const INPUT = /"sha256"\s*:\s*"([0-9a-f]{64})"/i;
const PREDICTION = /"predictionId"\s*:\s*"([0-9a-f-]{36})"/i;
const ID = /"id"\s*:\s*"([0-9a-f-]{36})"/i;

/** Ids of the predictions made of some inputs. */
async function findPredictions(
  reader: LogReader,
  objects: readonly LogObject[],
  digests: ReadonlySet<string>,
): Promise<Set<string>> {
  const ids = new Set<string>();
  const compacted = await reader.local(objects.filter(({ kind }) => kind === 'compacted'));
  if (compacted.length > 0) {
    const session = await reader.connect();
    try {
      const found = await session.rows(
        `SELECT id FROM read_parquet(${listOf(compacted)}, union_by_name = true) WHERE input_sha256 IN (${inList(digests)})`,
      );
      for (const { id } of found) ids.add(id as string);
    } finally {
      session.close();
    }
  }
  for (const { info } of objects.filter(({ kind }) => kind === 'lines')) {
    const { content } = await reader.store.get(info.key);
    for (const line of partLines(content, { member: INPUT, values: digests }).dropped) {
      const id = ID.exec(line)?.[1];
      if (id !== undefined) ids.add(id.toLowerCase());
    }
  }
  return ids;
}

/** @returns How many records it dropped. */
async function rewrite(reader: LogReader, object: LogObject, drop: Drop): Promise<number> {
  return object.kind === 'lines' ? rewriteLines(reader, object, drop) : rewriteParquet(reader, object, drop);
}

async function rewriteLines(reader: LogReader, { info }: LogObject, drop: Drop): Promise<number> {
  const { store } = reader;
  const { content, info: read } = await store.get(info.key);
  const { kept, dropped } = partLines(content, drop);
  if (dropped.length === 0) return 0;
  const condition = { ifGeneration: read.generation };
  if (kept.every((line) => line === '')) await store.delete(info.key, condition);
  else await store.put(info.key, kept.join('\n'), condition);
  return dropped.length;
}

/** Lines by what a member of theirs says. They are not parsed: torn lines and those of newer versions count as well. */
function partLines(
  content: Buffer,
  { member, values }: Omit<Drop, 'column'>,
): { kept: string[]; dropped: string[] } {
  const kept: string[] = [];
  const dropped: string[] = [];
  for (const line of content.toString().split('\n')) {
    const value = member.exec(line)?.[1]?.toLowerCase();
    (value !== undefined && values.has(value) ? dropped : kept).push(line);
  }
  return { kept, dropped };
}

async function rewriteParquet(
  reader: LogReader,
  object: LogObject,
  { column, values }: Drop,
): Promise<number> {
  const { key, generation } = object.info;
  const [path] = await reader.local([object]);
  const session = await reader.connect();
  try {
    const rows = `read_parquet(${literal(path!)})`;
    const dropped = `coalesce(${column} IN (${inList(values)}), false)`;
    const [counts] = await session.rows(
      `SELECT count(*) AS total, count(*) FILTER (${dropped}) AS dropped FROM ${rows}`,
    );
    const count = counts as { total: number; dropped: number };
    if (count.dropped === 0) return 0;
    const condition = { ifGeneration: generation };
    if (count.dropped === count.total) await reader.store.delete(key, condition);
    else
      await withScratch(reader, async (scratch) => {
        const statement = `SELECT * FROM ${rows} WHERE NOT ${dropped}`;
        await putFile(reader, await writeParquet(session, statement, scratch.file()), { key, condition });
      });
    return count.dropped;
  } finally {
    session.close();
  }
}

const inList = (values: ReadonlySet<string>) => [...values].map(literal).join(', ');
