import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './connection.ts';
import { orderingKeys } from './ordering-keys.ts';
import type { Calls, ParkedRow } from './requests.ts';

/** What was set aside for a subscription. */
export function deadLetters(database: DatabaseSync) {
  const find = database.prepare('SELECT id FROM subscription WHERE topic = ? AND name = ?');
  const list = database.prepare(
    `SELECT text, reason, attempts, parked FROM dead_letter JOIN event USING (sequence)
     WHERE subscription = ? ORDER BY sequence`,
  );
  const parked = database.prepare(
    `SELECT sequence, ordering_key AS orderingKey FROM dead_letter JOIN event USING (sequence)
     WHERE subscription = ? ORDER BY sequence`,
  );
  const keys = orderingKeys(database);
  const add = database.prepare(
    'INSERT INTO delivery (sequence, subscription, ordering_key, attempt, due) VALUES (?, ?, ?, 0, ?)',
  );
  const clear = database.prepare('DELETE FROM dead_letter WHERE subscription = ?');
  const idOf = (topic: string, name: string) => find.get(topic, name)?.id as number | undefined;

  return {
    deadLetters({ topic, name }: Calls['deadLetters']['arguments']): ParkedRow[] {
      return list.all(idOf(topic, name) ?? null).map((row) => ({ ...row })) as unknown as ParkedRow[];
    },

    redrive({ topic, name, now }: Calls['redrive']['arguments']): number {
      return transaction(database, () => {
        const subscription = idOf(topic, name);
        if (subscription === undefined) return 0;
        const rows = parked.all(subscription) as unknown as {
          sequence: number;
          orderingKey: string | null;
        }[];
        for (const { sequence, orderingKey } of rows) {
          const due = keys.isTaken(subscription, orderingKey) ? null : now;
          add.run(sequence, subscription, orderingKey, due);
        }
        clear.run(subscription);
        return rows.length;
      });
    },
  };
}
