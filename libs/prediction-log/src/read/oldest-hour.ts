import type { ObjectStore } from '@assay/object-store';
import { readKey } from '../layout/log-object.ts';

/** The hour of the oldest object with predictions, milliseconds since 1970; `undefined` for an empty log. */
export async function oldestHour(store: ObjectStore): Promise<number | undefined> {
  // Keys sort as times do.
  let pageToken: string | undefined;
  do {
    const page = await store.list('predictions/', {
      limit: 10,
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    for (const { key } of page.objects) {
      const known = readKey(key);
      if (known) return known.exact ? known.hour : known.hour - ASTRAY_MS;
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return undefined;
}

/** In an object that is filed by arrival events may be a day older than its hour. */
const ASTRAY_MS = 24 * 3_600_000;
