import type { DatabaseSync } from 'node:sqlite';
import { BusFault } from './bus-fault.ts';
import { number, transaction } from './connection.ts';
import type { Calls, NewRow } from './requests.ts';

/** What a row takes beside its text, roughly. Bytes. */
const ROW_OVERHEAD = 100;

/** Writes events, all or none of a call, in one commit. */
export function publications(database: DatabaseSync) {
  const insert = database.prepare(
    'INSERT INTO event (topic, ordering_key, published, text) VALUES (?, ?, ?, ?)',
  );
  return {
    publish({ rows, now, maxBytes }: Calls['publish']['arguments']): undefined {
      transaction(database, () => {
        refuseBeyond(database, rows, maxBytes);
        for (const { topic, text, orderingKey } of rows) insert.run(topic, orderingKey ?? null, now, text);
      });
    },
  };
}

/** Subscribers may go beyond the limit: what they write makes room. */
function refuseBeyond(database: DatabaseSync, rows: readonly NewRow[], maxBytes: number): void {
  const pages = number(database, 'page_count') - number(database, 'freelist_count');
  const used = pages * number(database, 'page_size');
  const wanted = rows.reduce((sum, { text }) => sum + text.length + ROW_OVERHEAD, 0);
  if (used + wanted <= maxBytes) return;
  throw new BusFault(
    'bus-full',
    `The event bus holds ${Math.round(used / 1e6)} MB of events that are not settled, and its limit is ${Math.round(maxBytes / 1e6)} MB. ` +
      'Start what subscribes to it (drift-service), or raise the limit: sqlite:…?max-megabytes=N.',
  );
}
