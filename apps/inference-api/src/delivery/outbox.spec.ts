import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from '@jest/globals';
import { feedbackEvent } from './event.fixture.ts';
import { openOutbox, type Outbox, type OutboxOptions } from './outbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-outbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fresh = () => join(mkdtempSync(join(folder, 'outbox-')), 'inner', 'outbox.db');
const open = (options: Partial<OutboxOptions> = {}): Outbox =>
  openOutbox({ file: fresh(), maxBytes: 2 ** 20, onDamage: () => undefined, ...options });

describe('an outbox', () => {
  it('gives back what was put into it, the oldest first, until it is removed', () => {
    const outbox = open();
    const events = [feedbackEvent(), feedbackEvent(), feedbackEvent()];
    for (const event of events) outbox.put(event);
    expect(outbox.size).toBe(3);
    expect(outbox.oldest(2)).toEqual(events.slice(0, 2));
    expect(outbox.remove(events[0]!)).toBe(true);
    expect(outbox.remove(events[0]!)).toBe(false);
    expect(outbox.oldest(9)).toEqual(events.slice(1));
    outbox.close();
  });

  it('keeps an event once that is put twice', () => {
    const outbox = open();
    const event = feedbackEvent();
    outbox.put(event);
    outbox.put(event);
    expect(outbox.size).toBe(1);
    outbox.close();
  });

  it('holds what a process put that was killed at once', () => {
    const file = fresh();
    const script = `
      import { openOutbox } from ${JSON.stringify(join(__dirname, 'outbox.ts'))};
      openOutbox({ file: ${JSON.stringify(file)}, maxBytes: 1e6, onDamage() {} }).put({ id: 'left behind' });
      process.kill(process.pid, 'SIGKILL');`;
    const { signal, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module-typescript', '--eval', script],
      { encoding: 'utf8' },
    );
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
    const outbox = open({ file });
    expect(outbox.oldest(1)).toEqual([{ id: 'left behind' }]);
    outbox.close();
  });

  it('is shared by processes that have it open at the same time', () => {
    const file = fresh();
    const [one, other] = [open({ file }), open({ file })];
    const event = feedbackEvent();
    one.put(event);
    expect(other.oldest(1)).toEqual([event]);
    expect([other.remove(event), one.remove(event)]).toEqual([true, false]);
    one.close();
    other.close();
  });

  it('never outgrows its limit: it refuses, and takes again what fits once something was removed', () => {
    const outbox = open({ maxBytes: 64 * 1024 });
    const put = () => {
      const event = feedbackEvent();
      outbox.put(event);
      return event;
    };
    const first = put();
    const fill = () => {
      for (let i = 0; i < 1000; i++) put();
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'storage-full' }));
    const most = outbox.size;
    expect(most).toBeGreaterThan(50);
    for (const event of outbox.oldest(Math.floor(most / 2))) outbox.remove(event);
    expect(outbox.remove(first)).toBe(false);
    put();
    outbox.close();
  });

  it('puts a damaged file aside, says where it is, and begins anew', () => {
    const file = fresh();
    open({ file }).close();
    writeFileSync(file, 'this is no database, whatever its name says'.repeat(100));
    const aside: string[] = [];
    const outbox = open({ file, onDamage: (path) => void aside.push(path) });
    outbox.put(feedbackEvent());
    expect(outbox.size).toBe(1);
    expect(readdirSync(join(file, '..'))).toContain(aside[0]!.split('/').at(-1));
    outbox.close();
  });

  it('cannot be where a file stands in the way', () => {
    const file = fresh();
    open({ file }).close();
    expect(() => open({ file: join(file, 'outbox.db') })).toThrow(
      expect.objectContaining({ code: 'storage-unavailable', message: expect.stringContaining(file) }),
    );
  });
});
