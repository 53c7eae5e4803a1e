import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEventBus } from '../index.ts';
import { collect, idsOf } from '../spec-support/collector.ts';
import { promotion } from '../spec-support/events.ts';

/** Several processes, one after another, on a machine that may be busy. Milliseconds. */
const STARTS_PROCESSES = 240_000;

describe('kill -9', () => {
  let folder: string;
  let url: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-bus-'));
    url = `sqlite:${join(folder, 'events.db')}`;
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  /** Runs a script of the spec support until it has printed so many lines, and kills it in the middle of its work. */
  async function killAfter(lines: number, script: string, ...argv: string[]): Promise<string[]> {
    const file = join(import.meta.dirname, '../spec-support', script);
    const child = spawn(process.execPath, [file, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const closed = once(child, 'close');
    let printed = '';
    for await (const chunk of child.stdout) {
      printed += String(chunk);
      if (printed.split('\n').length > lines) child.kill('SIGKILL');
    }
    await closed;
    expect(child.signalCode).toBe('SIGKILL');
    return printed.slice(0, printed.lastIndexOf('\n')).split('\n');
  }

  it(
    'of publishers loses nothing that was acknowledged',
    async () => {
      const acknowledged: string[] = [];
      for (let round = 0; round < 3; round += 1) {
        const first = String(round * 1_000_000);
        acknowledged.push(...(await killAfter(100 + 50 * round, 'publish-until-killed.ts', url, first)));
      }
      const bus = await openEventBus(url);
      const ids = new Set<string>();
      const wanted = acknowledged.map((n) => `promotion-${n}`);
      const errors: string[] = [];
      await new Promise<void>((all) => {
        bus.subscribe('models', 'reader', (delivery) => {
          if (ids.has(delivery.event.id)) errors.push(`${delivery.event.id} came twice`);
          ids.add(delivery.event.id);
          delivery.ack();
          if (wanted.every((id) => ids.has(id))) all();
        });
      });
      expect(wanted.length).toBeGreaterThanOrEqual(450);
      expect(errors).toEqual([]);
      expect(await bus.deadLetters('models', 'reader')).toEqual([]);
      await bus.close();
    },
    STARTS_PROCESSES,
  );

  it(
    'of a subscriber brings what it held to the next one, when its leases end',
    async () => {
      const bus = await openEventBus(url, { policy: { ackDeadlineMs: 3000 } });
      await Promise.all(Array.from({ length: 40 }, (_, n) => bus.publish('models', promotion(n))));
      const printed = await killAfter(40, 'subscribe-until-killed.ts', url, '3000');
      expect(printed.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, n) => `promotion-${n} 1`));
      const got = collect((delivery) => delivery.ack());
      bus.subscribe('models', 'reader', got.handler);
      const held = Array.from({ length: 20 }, (_, n) => `promotion-${2 * n + 1}`);
      await got.until(20);
      while (!held.every((id) => idsOf(got.deliveries).includes(id)))
        await new Promise((wake) => setTimeout(wake, 20));
      // Those that it acknowledged in its last moment may come again, too.
      expect(got.deliveries.every(({ attempt }) => attempt > 1)).toBe(true);
      await bus.close();
    },
    STARTS_PROCESSES,
  );
});
