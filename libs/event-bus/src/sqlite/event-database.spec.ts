import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEventDatabase, type EventDatabase } from './event-database.ts';
import type { NewRow, Token } from './requests.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
/** Any time. */
const START = Date.UTC(2026, 4, 1);
const pauses = {
  ackDeadlineMs: 10 * SECOND,
  maxAttempts: 4,
  minBackoffMs: SECOND,
  maxBackoffMs: 60 * SECOND,
};
const plenty = 1e9;

describe('the database of a bus', () => {
  let folder: string;
  let path: string;
  let database: EventDatabase;
  let reader: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-database-'));
    path = join(folder, 'deep', 'events.db');
    database = openEventDatabase(path);
    reader = database.subscribe({ topic: 'models', name: 'reader' });
  });
  afterEach(async () => {
    database.close();
    await rm(folder, { recursive: true });
  });

  function publish(rows: readonly (string | NewRow)[], now = START): void {
    const whole = rows.map((row) =>
      typeof row === 'string' ? { topic: 'models' as const, text: row } : row,
    );
    database.publish({ rows: whole, now, maxBytes: plenty });
  }
  const keyed = (text: string, orderingKey = 'k'): NewRow => ({ topic: 'models', text, orderingKey });
  const claim = (now: number, limit = 100, subscription = reader) =>
    database.claim({ subscription, limit, now, pauses });
  /** What may be handed out, as text and attempt. */
  const claimed = (now: number, limit = 100) =>
    claim(now, limit).rows.map(({ text, attempt }) => `${text}${attempt}`);
  function settle(outcome: 'ack' | 'nack' | 'release' | 'park', tokens: readonly Token[], now = START): void {
    const settlements = tokens.map(({ sequence, attempt }) => ({
      sequence,
      attempt,
      outcome,
      reason: 'because',
    }));
    database.settle({ subscription: reader, settlements, now, pauses });
  }
  /** Rows that a table holds. */
  function count(table: string): number {
    const connection = new DatabaseSync(path);
    const { rows } = connection.prepare(`SELECT count(*) AS rows FROM ${table}`).get() as { rows: number };
    connection.close();
    return rows;
  }

  describe('a subscription', () => {
    it('begins with all that its topic holds', () => {
      publish(['a', 'b']);
      const late = database.subscribe({ topic: 'models', name: 'late' });
      expect(claim(START, 10, late).rows.map(({ text }) => text)).toEqual(['a', 'b']);
      expect(database.subscribe({ topic: 'models', name: 'late' })).toBe(late);
    });

    it('is handed no more than it asks for, oldest first, and each event once', () => {
      publish(['a', 'b', 'c']);
      expect(claimed(START, 2)).toEqual(['a1', 'b1']);
      expect(claimed(START, 2)).toEqual(['c1']);
      expect(claim(START)).toEqual({ rows: [], wait: pauses.ackDeadlineMs });
    });

    it('is handed an event again when its lease ends, as when a subscriber died; a renewed lease ends later', () => {
      publish(['a', 'b']);
      const [, b] = claim(START).rows;
      database.renew({ subscription: reader, tokens: [b!], due: START + 12 * SECOND });
      expect(claimed(START + 10 * SECOND - 1)).toEqual([]);
      expect(claimed(START + 10 * SECOND)).toEqual(['a2']);
      expect(claim(START + 11 * SECOND)).toEqual({ rows: [], wait: SECOND });
      expect(claimed(START + 12 * SECOND)).toEqual(['b2']);
    });

    it('hears the answer only of the one who holds the event last', () => {
      publish(['a']);
      const first = claim(START).rows;
      const second = claim(START + 10 * SECOND).rows;
      settle('ack', first);
      settle('nack', first);
      database.renew({ subscription: reader, tokens: first, due: START + HOUR });
      expect(claimed(START + 20 * SECOND)).toEqual(['a3']);
      settle('ack', second);
      expect(count('event')).toBe(1);
    });

    it('is handed what it did not want after 1, 2, 4 … seconds, and no more after the last attempt', () => {
      publish(['a', 'b']);
      settle('ack', [claim(START).rows[1]!]);
      let now = START;
      let held: Token[] = [{ sequence: 1, attempt: 1 }];
      for (const pause of [1, 2, 4]) {
        settle('nack', held, now);
        expect(claimed(now + pause * SECOND - 1)).toEqual([]);
        now += pause * SECOND;
        held = claim(now).rows;
        expect(held).toHaveLength(1);
      }
      expect(held[0]!.attempt).toBe(4);
      settle('nack', held, now);
      expect(claim(now + HOUR)).toEqual({ rows: [] });
      expect(database.deadLetters({ topic: 'models', name: 'reader' })).toEqual([
        {
          text: 'a',
          reason: 'Handed out 4 times and not acknowledged; the last time: because.',
          attempts: 4,
          parked: now,
        },
      ]);
    });

    it('parks what killed its subscriber at every attempt', () => {
      publish(['poison', 'b']);
      let now = START;
      for (let attempt = 1; attempt <= 4; attempt += 1, now += 10 * SECOND)
        expect(claimed(now)).toEqual([`poison${attempt}`, `b${attempt}`]);
      expect(claimed(now)).toEqual([]);
      const letters = database.deadLetters({ topic: 'models', name: 'reader' });
      expect(letters.map(({ text }) => text)).toEqual(['poison', 'b']);
      expect(letters[0]!.reason).toMatch(/the last time: nothing was said before its time ran out/);
    });

    it('does not count what was given back', () => {
      publish(['a']);
      for (let round = 0; round < 10; round += 1) {
        const { rows } = claim(START);
        expect(rows.map(({ attempt }) => attempt)).toEqual([1]);
        settle('release', rows);
      }
    });
  });

  describe('events', () => {
    it('are gone when every subscription is done with them, and not before', () => {
      const other = database.subscribe({ topic: 'models', name: 'other' });
      publish(['a', 'b']);
      settle('ack', claim(START).rows);
      expect(count('event')).toBe(2);
      const { rows } = claim(START, 10, other);
      const settlements = rows.map((row) => ({
        sequence: row.sequence,
        attempt: row.attempt,
        outcome: 'ack' as const,
      }));
      database.settle({ subscription: other, settlements: [settlements[0]!], now: START, pauses });
      expect(count('event')).toBe(1);
      database.settle({ subscription: other, settlements, now: START, pauses });
      expect([count('event'), count('delivery')]).toEqual([0, 0]);
    });

    it('wait for an earlier one of their key, through failures, parking and redriving', () => {
      publish([keyed('a'), keyed('b'), keyed('c'), 'x', keyed('y', 'other')]);
      const first = claim(START).rows;
      expect(first.map(({ text }) => text)).toEqual(['a', 'x', 'y']);
      settle('nack', [first[0]!]);
      expect(claimed(START)).toEqual([]);
      const again = claim(START + SECOND).rows;
      expect(again.map(({ text }) => text)).toEqual(['a']);
      settle('park', again, START + SECOND);
      const b = claim(START + SECOND).rows;
      expect(b.map(({ text }) => text)).toEqual(['b']);
      expect(database.redrive({ topic: 'models', name: 'reader', now: START + SECOND })).toBe(1);
      expect(claimed(START + SECOND)).toEqual([]); // behind b, which is out
      settle('ack', b, START + SECOND);
      const redriven = claim(START + SECOND).rows;
      expect(redriven.map(({ text, attempt }) => `${text}${attempt}`)).toEqual(['a1']);
      settle('ack', redriven, START + SECOND);
      expect(claimed(START + SECOND)).toEqual(['c1']);
    });

    it('of a key that comes in bulk do not keep others waiting', () => {
      publish([...Array.from({ length: 500 }, (_, n) => keyed(`k${n}-`)), 'x']);
      expect(claimed(START, 10)).toEqual(['k0-1', 'x1']);
    });

    it('are removed when they are too old, settled or not, and their followers go on', () => {
      publish([keyed('old'), { topic: 'drift', text: 'unread' }], START);
      publish([keyed('young'), 'parked'], START + HOUR);
      const held = claim(START + HOUR).rows;
      expect(held.map(({ text }) => text)).toEqual(['old', 'parked']);
      settle('park', [held[1]!], START + 3 * HOUR);
      const gone = database.expire({ before: START + 2 * HOUR, now: START + 4 * HOUR });
      // What was parked counts from then.
      expect(gone).toEqual([
        { topic: 'models', events: 2 },
        { topic: 'drift', events: 1 },
      ]);
      expect(database.deadLetters({ topic: 'models', name: 'reader' })).toHaveLength(1);
      publish([keyed('new')], START + 4 * HOUR);
      expect(claimed(START + 4 * HOUR)).toEqual(['new1']);
      expect(database.expire({ before: START + 2 * HOUR, now: START + 4 * HOUR })).toEqual([]);
    });

    it('that follow a removed one of their key are handed out', () => {
      publish([keyed('old')], START);
      publish([keyed('young')], START + HOUR);
      expect(claimed(START + HOUR)).toEqual(['old1']);
      database.expire({ before: START + 1, now: START + HOUR });
      expect(claimed(START + HOUR)).toEqual(['young1']);
    });

    it('beyond the limit are refused as a whole, and room is made by settling', () => {
      const text = 'x'.repeat(10_000);
      const rows = Array.from({ length: 50 }, () => ({ topic: 'models' as const, text }));
      const offer = () => database.publish({ rows, now: START, maxBytes: 1e6 });
      offer();
      expect(offer).toThrow(
        /holds 1 MB of events that are not settled, and its limit is 1 MB.*max-megabytes/,
      );
      expect(count('event')).toBe(50);
      settle('ack', claim(START).rows);
      offer();
      expect(count('event')).toBe(50);
    });

    it('that are gone leave no large file behind', () => {
      publish(Array.from({ length: 3000 }, () => 'x'.repeat(8000)));
      const pages = (pragma: string) => {
        const connection = new DatabaseSync(path);
        const value = Object.values(connection.prepare(`PRAGMA ${pragma}`).get()!)[0] as number;
        connection.close();
        return value;
      };
      for (let round = 0; round < 30; round += 1) settle('ack', claim(START).rows);
      expect(pages('freelist_count')).toBeGreaterThan(2900);
      for (let round = 0; round < 3; round += 1) database.expire({ before: START, now: START });
      expect(pages('page_count')).toBeLessThan(2100);
    });
  });

  describe('a clock that is set back', () => {
    it('delays no event by more than the longest pause', () => {
      publish(['leased', 'pausing', 'fresh'], START);
      const [, pausing] = claim(START, 2).rows;
      settle('nack', [pausing!], START);
      const back = START - 48 * HOUR;
      expect(claimed(back)).toEqual(['pausing2', 'leased2', 'fresh1']);
      // From there on the new time holds.
      expect(claimed(back + 10 * SECOND - 1)).toEqual([]);
      expect(claimed(back + 10 * SECOND)).toHaveLength(3);
    });

    it('by less than a pause delays it by as much', () => {
      publish(['a'], START);
      claim(START);
      expect(claimed(START - 30 * SECOND)).toEqual([]);
      expect(claimed(START + 10 * SECOND)).toEqual(['a2']);
    });

    it('does not mix up the order, nor expire what was published', () => {
      publish(['a'], START);
      publish(['b'], START - 48 * HOUR);
      publish(['c'], START - 47 * HOUR);
      expect(database.expire({ before: START - 72 * HOUR, now: START - 47 * HOUR })).toEqual([]);
      expect(claimed(START - 47 * HOUR)).toEqual(['a1', 'b1', 'c1']);
    });
  });

  describe('two processes', () => {
    it("keep out of each other's way when a call of one waited for that of the other", () => {
      publish(['a']);
      expect(claimed(START + 5 * SECOND)).toEqual(['a1']);
      expect(claimed(START)).toEqual([]);
    });

    it('share a subscription without handing out an event twice, and see that something changed', () => {
      const other = openEventDatabase(path);
      const before = other.version();
      publish(Array.from({ length: 100 }, (_, n) => `${n}-`));
      expect(other.version()).not.toBe(before);
      const texts: string[] = [];
      for (let round = 0; round < 10; round += 1)
        for (const each of [database, other])
          texts.push(
            ...each
              .claim({ subscription: reader, limit: 7, now: START, pauses })
              .rows.map(({ text }) => text),
          );
      other.close();
      expect(texts).toEqual(Array.from({ length: 100 }, (_, n) => `${n}-`));
    });
  });
});
