import { setTimeout as wait } from 'node:timers/promises';
import type { ObjectStore } from '@assay/object-store';
import { AssayError, type CloudEvent, type PredictionRecord } from '@assay/schema';
import { eventTypeOf } from '../columns.ts';
import { listPrefix } from '../layout/list-window.ts';
import { hourFolder, type LogObject } from '../layout/log-object.ts';
import { HOUR_MS, hourOf } from '../layout/window.ts';
import { meets, type PredictionFilter } from './prediction-filter.ts';

export interface TailOptions {
  filter?: PredictionFilter;
  /** Ends it. */
  signal?: AbortSignal;
  /** How often the log is looked at. Milliseconds, default 2000. */
  everyMs?: number;
  /** The time in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

/** Objects are looked for in the hours that a moment this long ago lies in, and all after it. Milliseconds. */
const LATENESS = HOUR_MS;

/** Ids that are remembered, so that an event that was delivered twice is shown once. */
const REMEMBERED = 20_000;

/**
 * Predictions as they come into the log, from the call on. They come in the batches of the sink, up to its age late, each
 * batch by time.
 */
export async function* tailPredictions(
  store: ObjectStore,
  options: TailOptions = {},
): AsyncGenerator<PredictionRecord> {
  const { filter = {}, signal, everyMs = 2000, now = Date.now } = options;
  let known = new Set((await recent(store, now())).map(nameOf));
  const shown = new Set<string>();
  while (!signal?.aborted) {
    const objects = await recent(store, now());
    const fresh = objects.filter((object) => !known.has(nameOf(object)));
    known = new Set(objects.map(nameOf));
    const records = (await Promise.all(fresh.map((object) => readLines(store, object)))).flat();
    for (const record of records.toSorted(byTime)) {
      if (shown.has(record.id)) continue;
      shown.add(record.id);
      if (shown.size > REMEMBERED) for (const id of shown) if (shown.delete(id)) break;
      if (meets(filter, record)) yield record;
    }
    await wait(everyMs, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

const nameOf = ({ info }: LogObject) => info.key;

const byTime = (a: PredictionRecord, b: PredictionRecord) =>
  Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : 1);

/** Objects of JSON lines in the hours that may still be written to. */
async function recent(store: ObjectStore, now: number): Promise<LogObject[]> {
  const found: LogObject[] = [];
  // An hour ahead: clocks differ.
  for (let hour = hourOf(now - LATENESS); hour <= hourOf(now + LATENESS); hour += HOUR_MS)
    found.push(...(await listPrefix(store, hourFolder('predictions', hour))));
  return found.filter(({ kind }) => kind === 'lines');
}

async function readLines(store: ObjectStore, { info }: LogObject): Promise<PredictionRecord[]> {
  try {
    const { content } = await store.get(info.key);
    return content.toString().split('\n').flatMap(readLine);
  } catch (error) {
    // A compaction was faster: its records were shown, or are found by other means.
    if (error instanceof AssayError && error.code === 'object-not-found') return [];
    throw error;
  }
}

function readLine(line: string): PredictionRecord[] {
  try {
    const { type, data } = JSON.parse(line) as CloudEvent;
    return type === eventTypeOf.predictions ? [data as PredictionRecord] : [];
  } catch {
    return []; // Torn, or empty.
  }
}
