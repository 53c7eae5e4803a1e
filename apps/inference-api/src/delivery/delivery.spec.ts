import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { AssayError } from '@assay/schema';
import { createLogger } from '@assay/service-kit';
import { createDelivery, type Delivery } from './delivery.ts';
import type { DeliveryOutcome } from './delivery-metrics.ts';
import { feedbackEvent } from './event.fixture.ts';
import { memoryBus, type BusMood } from './memory-bus.fixture.ts';
import { openOutbox, type Outbox } from './outbox.ts';

const root = mkdtempSync(join(tmpdir(), 'assay-delivery-'));
afterAll(() => rmSync(root, { recursive: true }));

interface Setup {
  mood?: BusMood;
  timeoutMs?: number;
  maxBytes?: number;
  /** Of the outbox. */
  folder?: string;
}

function setUp({
  mood = 'well',
  timeoutMs = 20,
  maxBytes = 2 ** 20,
  folder = mkdtempSync(join(root, 'outbox-')),
}: Setup = {}) {
  const bus = memoryBus(mood);
  const outbox = openOutbox({ file: join(folder, 'outbox.db'), maxBytes, onDamage: () => undefined });
  const counts: Record<DeliveryOutcome, number> = { published: 0, pending: 0, retried: 0, dropped: 0 };
  const lines: string[] = [];
  const delivery = createDelivery({
    bus: bus.connection,
    outbox,
    metrics: { count: (outcome) => counts[outcome]++ },
    logger: createLogger({
      service: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    }),
    timeoutMs,
  });
  return { bus, outbox, counts, lines, delivery };
}

const until = async (holds: () => boolean) => {
  while (!holds()) await delay(5);
};
const end = async ({ delivery, outbox }: { delivery: Delivery; outbox: Outbox }) => {
  await delivery.close();
  outbox.close();
};

describe('a delivery', () => {
  it('is published where the bus takes it', async () => {
    const all = setUp();
    const event = feedbackEvent();
    expect(await all.delivery.deliver(event)).toBe('published');
    expect(all.bus.events).toEqual([event]);
    expect(all.outbox.size).toBe(0);
    await end(all);
    expect(all.counts).toEqual({ published: 1, pending: 0, retried: 0, dropped: 0 });
  });

  it('waits in the outbox where the bus refuses, and is sent when the bus is back', async () => {
    const all = setUp({ mood: 'refusing' });
    const events = Array.from({ length: 250 }, () => feedbackEvent());
    expect(new Set(await Promise.all(events.map((event) => all.delivery.deliver(event))))).toEqual(
      new Set(['pending']),
    );
    all.bus.mood = 'well';
    await until(() => all.outbox.size === 0);
    expect(all.bus.events.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
    expect(await all.delivery.deliver(feedbackEvent())).toBe('published');
    expect(all.counts).toEqual({ published: 1, pending: 250, retried: 250, dropped: 0 });
    expect(all.lines.filter((line) => line.includes('takes no events'))).toHaveLength(1);
    await end(all);
  });

  it('waits for a bus that hangs no longer than allowed, and after that not at all', async () => {
    const all = setUp({ mood: 'hanging' });
    expect(await all.delivery.deliver(feedbackEvent())).toBe('pending');
    const before = all.bus.attempts;
    const [attempts, delivered] = await Promise.all([
      Promise.resolve().then(() => all.bus.attempts),
      all.delivery.deliver(feedbackEvent()),
    ]);
    expect([attempts, delivered]).toEqual([before, 'pending']);
    all.bus.release();
    await until(() => all.outbox.size === 0);
    expect(new Set(all.bus.events.map(({ id }) => id)).size).toBe(2);
    expect(all.counts).toEqual({ published: 0, pending: 2, retried: 2, dropped: 0 });
    await end(all);
  });

  it('is found and sent by the next process where this one ended without having sent it', async () => {
    const folder = mkdtempSync(join(root, 'outbox-'));
    const first = setUp({ mood: 'refusing', folder });
    const event = feedbackEvent();
    await first.delivery.deliver(event);
    await end(first);
    expect(first.lines.at(-1)).toContain('1 events wait in the outbox for the next start');
    const second = setUp({ folder });
    await until(() => second.outbox.size === 0);
    expect(second.bus.events).toEqual([event]);
    expect(second.counts.retried).toBe(1);
    await end(second);
  });

  it('is sent before the process ends where the bus is back by then', async () => {
    const all = setUp({ mood: 'refusing' });
    for (let i = 0; i < 150; i++) await all.delivery.deliver(feedbackEvent());
    all.bus.mood = 'well';
    await all.delivery.close();
    expect([all.outbox.size, all.bus.events.length]).toEqual([0, 150]);
    all.outbox.close();
  });

  it('that is under way is finished before the process ends', async () => {
    const all = setUp({ mood: 'hanging', timeoutMs: 5000 });
    const delivered = all.delivery.deliver(feedbackEvent());
    const closed = all.delivery.close();
    all.bus.release();
    await closed;
    expect(await delivered).toBe('published');
    all.outbox.close();
  });

  it('is dropped only where the outbox is full; the log tells of it once, then how many in all', async () => {
    const all = setUp({ mood: 'refusing', maxBytes: 40 * 1024 });
    const outcomes = [];
    for (let i = 0; i < 400; i++) outcomes.push(await all.delivery.deliver(feedbackEvent()));
    const dropped = outcomes.filter((outcome) => outcome === 'dropped').length;
    expect(dropped).toBeGreaterThan(100);
    expect(outcomes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'pending'));
    expect(all.counts).toEqual({ published: 0, pending: 400 - dropped, retried: 0, dropped });
    const told = () => all.lines.filter((line) => line.includes('were lost'));
    expect(told()).toHaveLength(1);
    await end(all);
    expect(told().map((line) => (JSON.parse(line) as { dropped: number }).dropped)).toEqual([1, dropped - 1]);
  });

  it('that no bus will ever take does not stand in the way of the others', async () => {
    const all = setUp({ mood: 'refusing' });
    const bad = feedbackEvent();
    const publish = all.bus.connection.publish;
    all.bus.connection.publish = async (event) => {
      if (all.bus.mood === 'well' && event.id === bad.id) throw new AssayError('invalid-event', 'No.');
      return publish(event);
    };
    const good = feedbackEvent();
    await all.delivery.deliver(bad);
    await all.delivery.deliver(good);
    all.bus.mood = 'well';
    await until(() => all.outbox.size === 0);
    expect(all.bus.events).toEqual([good]);
    expect(await all.delivery.deliver(bad)).toBe('dropped');
    expect(all.counts).toEqual({ published: 0, pending: 2, retried: 1, dropped: 2 });
    await end(all);
  });
});
