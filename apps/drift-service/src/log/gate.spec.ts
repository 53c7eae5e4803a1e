import { describe, expect, it } from '@jest/globals';
import { createGate } from './gate.ts';

describe('a gate', () => {
  it('lets in so many, then one for each that leaves, in the order in which they came', async () => {
    const gate = createGate({ atATime: 2, inLine: 2 });
    const order: string[] = [];
    const [a, b] = [await gate.enter(), await gate.enter()];
    const c = gate.enter().then((leave) => {
      order.push('c');
      return leave;
    });
    const d = gate.enter().then((leave) => {
      order.push('d');
      return leave;
    });
    expect(gate.waiting).toBe(2);
    await expect(gate.enter()).rejects.toMatchObject({ code: 'overloaded' });
    expect(order).toEqual([]);
    a();
    a(); // Leaving twice frees one place.
    const leaveC = await c;
    expect(order).toEqual(['c']);
    b();
    (await d)();
    leaveC();
    expect(order).toEqual(['c', 'd']);
    expect(gate.waiting).toBe(0);
    await gate.enter();
  });
});
