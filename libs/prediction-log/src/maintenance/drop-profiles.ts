import { listAll, type ObjectStore } from '@assay/object-store';

/** What is counted of an hour is kept below it, whatever counts: `profiles/…/YYYY-MM-DD/hh.counts`. */
const PROFILES = 'profiles/';
const HOUR = /\/(\d{4}-\d\d-\d\d)\/([01]\d|2[0-3])\.counts$/;

/**
 * Deletes what was counted of some hours, and may hold samples of them; what is still in the log is counted again when somebody asks.
 *
 * @param of Beginning of an hour, milliseconds since 1970.
 */
export async function dropProfiles(store: ObjectStore, of: (hour: number) => boolean): Promise<void> {
  for await (const { key } of listAll(store, PROFILES)) {
    const [, day, hour] = HOUR.exec(key) ?? [];
    if (day !== undefined && of(Date.parse(`${day}T${hour!}:00:00Z`))) await store.delete(key);
  }
}
