import type { DatabaseSync } from 'node:sqlite';
import { number, transaction } from './connection.ts';
import { orderingKeys } from './ordering-keys.ts';
import type { Calls } from './requests.ts';

/** Events a transaction, so that publishers wait for milliseconds only. */
const STEP = 1000;

/** Free pages that are kept for the next events. */
const SPARE_PAGES = 1000;

/** Removes what is too old, and gives free space back. */
export function retention(database: DatabaseSync) {
  // What is parked counts from when it was parked.
  const old = database.prepare(
    `SELECT sequence, topic FROM event WHERE published < ?1
     AND NOT EXISTS (SELECT 1 FROM dead_letter WHERE dead_letter.sequence = event.sequence AND parked >= ?1) LIMIT ${STEP}`,
  );
  const endDeliveries = database.prepare(
    'DELETE FROM delivery WHERE sequence = ? RETURNING subscription, ordering_key',
  );
  const keys = orderingKeys(database);
  const endLetters = database.prepare('DELETE FROM dead_letter WHERE sequence = ?');
  const endEvent = database.prepare('DELETE FROM event WHERE sequence = ?');

  function step(before: number, now: number): { sequence: number; topic: string }[] {
    const rows = old.all(before) as unknown as { sequence: number; topic: string }[];
    for (const { sequence } of rows) {
      for (const { subscription, ordering_key: key } of endDeliveries.all(sequence))
        keys.freeNext(subscription as number, key as string | null, now);
      endLetters.run(sequence);
      endEvent.run(sequence);
    }
    return rows;
  }

  return {
    checkpoint(): undefined {
      database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    },
    /** @returns How many events of each topic are gone, because nobody settled them in time. */
    expire({ before, now }: Calls['expire']['arguments']): Calls['expire']['result'] {
      const counts = new Map<string, number>();
      if (old.get(before) !== undefined) {
        let rows: { topic: string }[];
        do {
          rows = transaction(database, () => step(before, now));
          for (const { topic } of rows) counts.set(topic, (counts.get(topic) ?? 0) + 1);
        } while (rows.length === STEP);
      }
      const spare = number(database, 'freelist_count') - SPARE_PAGES;
      if (spare > SPARE_PAGES) database.exec(`PRAGMA incremental_vacuum(${SPARE_PAGES})`);
      return [...counts].map(([topic, events]) => ({ topic, events }));
    },
  };
}
