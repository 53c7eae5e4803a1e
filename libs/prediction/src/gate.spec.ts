import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { Gate } from './gate.ts';

describe('the gate', () => {
  it('lets as many in as it has slots and the others when one leaves, in order', async () => {
    const gate = new Gate(2, 5);
    const entered: number[] = [];
    const all = [1, 2, 3, 4].map((i) => gate.enter().then(() => void entered.push(i)));
    await setImmediate();
    expect(entered).toEqual([1, 2]);
    expect(gate.depth).toBe(4);
    gate.leave();
    await setImmediate();
    expect(entered).toEqual([1, 2, 3]);
    gate.leave();
    await Promise.all(all);
    expect(gate.depth).toBe(2);
    gate.leave();
    gate.leave();
    expect(gate.depth).toBe(0);
  });

  it('refuses who finds the queue full', async () => {
    const gate = new Gate(1, 1);
    await gate.enter();
    const second = gate.enter();
    await expect(gate.enter()).rejects.toMatchObject({ code: 'overloaded', extensions: { queueLimit: 1 } });
    gate.leave();
    await second;
  });

  it('forgets who gives up, wherever in the queue', async () => {
    const gate = new Gate(1, 5);
    await gate.enter();
    const abort = new AbortController();
    const quitter = gate.enter(abort.signal);
    const patient = gate.enter();
    abort.abort(new Error('gone'));
    await expect(quitter).rejects.toThrow('gone');
    expect(gate.depth).toBe(2);
    gate.leave();
    await patient;
    gate.leave();
    expect(gate.depth).toBe(0);
    await expect(gate.enter(abort.signal)).rejects.toThrow('gone');
    expect(gate.depth).toBe(0);
  });

  it('closes when those that work and wait have left, and lets nobody else in', async () => {
    const gate = new Gate(1, 5);
    await gate.enter();
    const waiting = gate.enter();
    let closed = false;
    const done = gate.close().then(() => (closed = true));
    await expect(gate.enter()).rejects.toMatchObject({ code: 'shutting-down' });
    gate.leave();
    await waiting;
    await setImmediate();
    expect(closed).toBe(false);
    gate.leave();
    await done;
    await gate.close();
  });

  it('keeps the slot of one who was let in before the signal aborted', async () => {
    const gate = new Gate(1, 5);
    await gate.enter();
    const abort = new AbortController();
    const second = gate.enter(abort.signal);
    gate.leave();
    abort.abort(new Error('late'));
    await second;
    expect(gate.depth).toBe(1);
  });
});
