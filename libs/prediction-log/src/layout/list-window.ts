import { listAll, type ObjectStore } from '@assay/object-store';
import { dayFolder, isWithin, readKey, type LogObject, type LogTopic } from './log-object.ts';
import { DAY_MS, HOUR_MS } from './window.ts';

/**
 * How far from its own hour an event may lie in an object that is filed by arrival: a clock that was fast, an outbox that
 * waited for the bus. Compaction brings such events home, so that afterwards no distance is too great.
 */
const ASTRAY = { before: HOUR_MS, after: DAY_MS };

/** More days than this are found by one listing of everything. */
const MANY_DAYS = 40;

/** Listings at a time. */
const CONCURRENCY = 8;

/**
 * The objects that may hold events of a window.
 *
 * While they are listed a compaction may put one object in the place of others. The listing is repeated until nothing
 * vanished in between: then every event is in one of the objects.
 *
 * @param window milliseconds since 1970
 */
export async function listWindow(
  store: ObjectStore,
  topic: LogTopic,
  window: { from: number; to: number },
): Promise<LogObject[]> {
  for (let before = await list(store, topic, window); ;) {
    const now = await list(store, topic, window);
    const keys = new Set(now.map(({ info }) => info.key));
    if (before.every(({ info }) => keys.has(info.key))) return now;
    before = now;
  }
}

async function list(
  store: ObjectStore,
  topic: LogTopic,
  window: { from: number; to: number },
): Promise<LogObject[]> {
  const wide = { from: window.from - ASTRAY.before, to: window.to + ASTRAY.after };
  const days: string[] = [];
  if ((wide.to - wide.from) / DAY_MS > MANY_DAYS) days.push(`${topic}/`);
  else
    for (let day = Math.floor(wide.from / DAY_MS) * DAY_MS; day < wide.to; day += DAY_MS)
      days.push(dayFolder(topic, day));
  const found: LogObject[] = [];
  for (let at = 0; at < days.length; at += CONCURRENCY) {
    const pages = days.slice(at, at + CONCURRENCY).map((prefix) => listPrefix(store, prefix));
    for (const object of (await Promise.all(pages)).flat())
      if (isWithin(object.hour, object.exact ? window : wide)) found.push(object);
  }
  return found;
}

/** The objects of the log whose keys begin with a prefix. */
export async function listPrefix(store: ObjectStore, prefix: string): Promise<LogObject[]> {
  const found: LogObject[] = [];
  for await (const info of listAll(store, prefix)) {
    const key = readKey(info.key);
    if (key) found.push({ ...key, info });
  }
  return found;
}
