import type { DatabaseSync } from 'node:sqlite';

/** Of the events with one key, the first that is not settled may be handed out; the others wait with no due time. */
export function orderingKeys(database: DatabaseSync) {
  const taken = database.prepare(
    'SELECT 1 FROM delivery WHERE subscription = ? AND ordering_key = ? LIMIT 1',
  );
  const freeNext = database.prepare(
    `UPDATE delivery SET due = ?3 WHERE subscription = ?1 AND due IS NULL AND sequence =
     (SELECT min(sequence) FROM delivery WHERE subscription = ?1 AND ordering_key = ?2)`,
  );
  return {
    /** Whether an event with this key has to wait. */
    isTaken: (subscription: number, key: string | null): boolean =>
      key !== null && taken.get(subscription, key) !== undefined,
    /** Lets the next in line go ahead. */
    freeNext(subscription: number, key: string | null, now: number): void {
      if (key !== null) freeNext.run(subscription, key, now);
    },
  };
}
