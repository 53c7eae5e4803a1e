import { listAll, type ObjectStore } from '@assay/object-store';

/** What is counted of an hour is kept below it, whatever counts: `profiles/…/YYYY-MM-DD/hh.counts`. */
const PROFILES = 'profiles/';
const HOUR = /\/(\d{4}-\d\d-\d\d)\/([01]\d|2[0-3])\.counts$/;

/** What was deleted: hours by model and version, and their bytes. */
export interface DroppedProfiles {
  hours: number;
  bytes: number;
}

/**
 * Deletes what was counted of some hours, and may hold samples of them; what is still in the log is counted again when somebody asks.
 *
 * @param of Beginning of an hour, milliseconds since 1970.
 */
export async function dropProfiles(
  store: ObjectStore,
  of: (hour: number) => boolean,
): Promise<DroppedProfiles> {
  const dropped: DroppedProfiles = { hours: 0, bytes: 0 };
  for await (const { key, size } of listAll(store, PROFILES)) {
    const [, day, hour] = HOUR.exec(key) ?? [];
    if (day === undefined || !of(Date.parse(`${day}T${hour!}:00:00Z`)) || !(await store.delete(key)))
      continue;
    dropped.hours += 1;
    dropped.bytes += size;
  }
  return dropped;
}
