import type { DatabaseSync } from 'node:sqlite';
import { BusFault } from './bus-fault.ts';
import { numberReader, transaction } from './connection.ts';
import type { Calls, NewRow } from './requests.ts';

/** What a row takes beside its text, roughly. Bytes. */
const ROW_OVERHEAD = 100;

/** Writes events, all or none of a call, in one commit. */
export function publications(database: DatabaseSync) {
  const insert = database.prepare(
    'INSERT INTO event (topic, ordering_key, published, text) VALUES (?, ?, ?, ?)',
  );
  const used = bytesInUse(database);
  return {
    publish({ rows, now, maxBytes }: Calls['publish']['arguments']): undefined {
      transaction(database, () => {
        refuseBeyond(maxBytes, used(), rows);
        for (const { topic, text, orderingKey } of rows) insert.run(topic, orderingKey ?? null, now, text);
      });
    },
  };
}

/** Reads how many bytes of the file hold something. */
function bytesInUse(database: DatabaseSync): () => number {
  const [pages, free, size] = ['page_count', 'freelist_count', 'page_size'].map((pragma) =>
    numberReader(database, pragma),
  );
  return () => (pages!() - free!()) * size!();
}

/** Subscribers may go beyond the limit: what they write makes room. */
function refuseBeyond(maxBytes: number, used: number, rows: readonly NewRow[]): void {
  const wanted = rows.reduce((sum, { text }) => sum + text.length + ROW_OVERHEAD, 0);
  if (used + wanted <= maxBytes) return;
  throw new BusFault(
    'bus-full',
    `The event bus holds ${Math.round(used / 1e6)} MB of events that are not settled, and its limit is ${Math.round(maxBytes / 1e6)} MB. ` +
      'Start what subscribes to it (drift-service), or raise the limit: sqlite:…?max-megabytes=N.',
  );
}
