import type { DatabaseSync } from 'node:sqlite';
import { orderingKeys } from './ordering-keys.ts';

/** An event that nobody has before itself any more is gone; `?1` is its sequence. */
const FORGET_EVENT = `
  DELETE FROM event WHERE sequence = ?1
    AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.sequence = ?1)
    AND NOT EXISTS (SELECT 1 FROM dead_letter WHERE dead_letter.sequence = ?1)
    AND NOT EXISTS (SELECT 1 FROM subscription WHERE subscription.topic = event.topic AND cursor < ?1)`;

/** What ends a delivery, for whatever reason. */
export function endings(database: DatabaseSync) {
  const remove = database.prepare(
    'DELETE FROM delivery WHERE sequence = ? AND subscription = ? AND attempt = ? RETURNING ordering_key',
  );
  const park = database.prepare(
    'INSERT INTO dead_letter (sequence, subscription, reason, attempts, parked) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare(FORGET_EVENT);
  const keys = orderingKeys(database);

  /** @returns Whether the delivery was still in these hands. */
  function end(delivery: { sequence: number; attempt: number; subscription: number; now: number }): boolean {
    const { sequence, attempt, subscription, now } = delivery;
    const row = remove.get(sequence, subscription, attempt);
    if (row === undefined) return false;
    keys.freeNext(subscription, row.ordering_key as string | null, now);
    return true;
  }

  return {
    acknowledge(delivery: Parameters<typeof end>[0]): void {
      if (end(delivery)) forget.run(delivery.sequence);
    },
    park(delivery: Parameters<typeof end>[0], reason: string): void {
      const { sequence, subscription, attempt, now } = delivery;
      if (end(delivery)) park.run(sequence, subscription, reason, attempt, now);
    },
  };
}
