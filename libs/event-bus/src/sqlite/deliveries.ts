import type { DatabaseSync } from 'node:sqlite';
import { pauseAfter } from '../backoff.ts';
import { gaveUp } from '../gave-up.ts';
import { transaction } from './connection.ts';
import { endings } from './endings.ts';
import { orderingKeys } from './ordering-keys.ts';
import type { Calls, ClaimedRow, Pauses } from './requests.ts';

/** By how much the time of a call may lie behind that of the call before: it waited for the database. Milliseconds. */
const LATE_CALL = 60_000;

interface DueRow {
  sequence: number;
  attempt: number;
  fault: string | null;
}

interface Hold {
  subscription: number;
  now: number;
  pauses: Pauses;
}

/** Hands out events to subscriptions, and settles them. */
export function deliveries(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  const topicAndCursor = prepare('SELECT topic, cursor FROM subscription WHERE id = ?');
  const find = prepare('SELECT id FROM subscription WHERE topic = ? AND name = ?');
  const make = prepare('INSERT INTO subscription (topic, name) VALUES (?, ?) RETURNING id');
  const due = prepare(
    'SELECT sequence, attempt, fault FROM delivery WHERE subscription = ? AND due BETWEEN ? AND ? ORDER BY due, sequence LIMIT ?',
  );
  const nextDue = prepare('SELECT min(due) AS due FROM delivery WHERE subscription = ?');
  const lease = prepare(
    'UPDATE delivery SET attempt = ?, due = ?, fault = NULL WHERE sequence = ? AND subscription = ?',
  );
  const read = prepare('SELECT text, ordering_key FROM event WHERE sequence = ?');
  const fresh = prepare(
    'SELECT sequence, ordering_key, text FROM event WHERE topic = ? AND sequence > ? ORDER BY sequence LIMIT ?',
  );
  const add = prepare(
    'INSERT INTO delivery (sequence, subscription, ordering_key, attempt, due) VALUES (?, ?, ?, ?, ?)',
  );
  const advance = prepare('UPDATE subscription SET cursor = ? WHERE id = ?');
  const defer = prepare(
    'UPDATE delivery SET attempt = ?, due = ?, fault = ? WHERE sequence = ? AND subscription = ? AND attempt = ?',
  );
  const renewal = prepare(
    'UPDATE delivery SET due = ? WHERE sequence = ? AND subscription = ? AND attempt = ?',
  );
  const newest = prepare('SELECT max(sequence) AS sequence FROM event WHERE topic = ?');
  const { acknowledge, park } = endings(database);
  const keys = orderingKeys(database);

  /**
   * What may be handed out again. A time that is further ahead than any pause was written before the clock was set back: it
   * counts as past, so that nothing waits much longer than the longest pause, whatever the clock does.
   */
  function dueRows({ subscription, now, pauses }: Hold, limit: number): DueRow[] {
    const horizon = now + Math.max(pauses.ackDeadlineMs, pauses.maxBackoffMs) + LATE_CALL;
    const past = due.all(subscription, 0, now, limit) as unknown as DueRow[];
    if (past.length === limit) return past;
    const impossible = due.all(subscription, horizon + 1, Number.MAX_SAFE_INTEGER, limit - past.length);
    return [...past, ...(impossible as unknown as DueRow[])];
  }

  function claimAgain(hold: Hold, limit: number): ClaimedRow[] {
    const { subscription, now, pauses } = hold;
    return dueRows(hold, limit).flatMap(({ sequence, attempt, fault }) => {
      if (attempt >= pauses.maxAttempts) {
        park({ sequence, attempt, subscription, now }, gaveUp(attempt, fault));
        return [];
      }
      lease.run(attempt + 1, now + pauses.ackDeadlineMs, sequence, subscription);
      const { text, ordering_key: orderingKey } = read.get(sequence) as never;
      return [{ sequence, attempt: attempt + 1, text, orderingKey }];
    });
  }

  function claimFresh(hold: Hold, limit: number): ClaimedRow[] {
    const { subscription, now, pauses } = hold;
    const { topic, cursor } = topicAndCursor.get(subscription) as { topic: string; cursor: number };
    const claimed: ClaimedRow[] = [];
    let place = cursor;
    while (claimed.length < limit) {
      const wanted = limit - claimed.length;
      const rows = fresh.all(topic, place, wanted) as unknown as FreshRow[];
      for (const { sequence, ordering_key: key, text } of rows) {
        const waits = keys.isTaken(subscription, key);
        add.run(sequence, subscription, key, waits ? 0 : 1, waits ? null : now + pauses.ackDeadlineMs);
        if (!waits) claimed.push({ sequence, attempt: 1, text, orderingKey: key });
        place = sequence;
      }
      if (rows.length < wanted) break;
    }
    if (place !== cursor) advance.run(place, subscription);
    return claimed;
  }

  /** Without taking the lock that others write under. */
  function isIdle(hold: Hold): boolean {
    const { topic, cursor } = topicAndCursor.get(hold.subscription) as { topic: string; cursor: number };
    return fresh.get(topic, cursor, 1) === undefined && dueRows(hold, 1).length === 0;
  }

  return {
    /** Differs from the one before where there may be something new to claim for a subscription. */
    outlook(subscription: number): string {
      const topic = (topicAndCursor.get(subscription) as { topic: string } | undefined)?.topic ?? '';
      return `${String(newest.get(topic)?.sequence)} ${String(nextDue.get(subscription)?.due)}`;
    },

    subscribe({ topic, name }: Calls['subscribe']['arguments']): number {
      return transaction(database, () => Number((find.get(topic, name) ?? make.get(topic, name))!.id));
    },

    claim({ limit, ...hold }: Calls['claim']['arguments']): Calls['claim']['result'] {
      const rows = isIdle(hold)
        ? []
        : transaction(database, () => {
            const again = claimAgain(hold, limit);
            return [...again, ...claimFresh(hold, limit - again.length)];
          });
      const next = nextDue.get(hold.subscription)?.due as number | null;
      return { rows, ...(next === null ? {} : { wait: Math.max(0, next - hold.now) }) };
    },

    settle({ subscription, settlements, now, pauses }: Calls['settle']['arguments']): undefined {
      transaction(database, () => {
        for (const { sequence, attempt, outcome, reason } of settlements) {
          const delivery = { sequence, attempt, subscription, now };
          if (outcome === 'ack') acknowledge(delivery);
          else if (outcome === 'park') park(delivery, reason ?? 'set aside');
          else if (outcome === 'release') defer.run(attempt - 1, now, null, sequence, subscription, attempt);
          else if (attempt >= pauses.maxAttempts) park(delivery, gaveUp(attempt, reason));
          else
            defer.run(
              attempt,
              now + pauseAfter(attempt, pauses),
              reason ?? null,
              sequence,
              subscription,
              attempt,
            );
        }
      });
    },

    renew({ subscription, tokens, due }: Calls['renew']['arguments']): undefined {
      transaction(database, () => {
        for (const { sequence, attempt } of tokens) renewal.run(due, sequence, subscription, attempt);
      });
    },
  };
}

interface FreshRow {
  sequence: number;
  ordering_key: string | null;
  text: string;
}
