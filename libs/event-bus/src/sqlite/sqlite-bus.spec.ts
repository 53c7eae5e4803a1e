import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEventBus } from '../index.ts';
import { collect, idsOf } from '../spec-support/collector.ts';
import { promotion } from '../spec-support/events.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-bus-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('smoke', () => {
  it('goes round', async () => {
    const bus = await openEventBus(`sqlite:${join(folder, 'events.db')}`);
    await Promise.all([1, 2, 3].map((n) => bus.publish('models', promotion(n))));
    const got = collect((delivery) => delivery.ack());
    bus.subscribe('models', 'reader', got.handler);
    expect(idsOf(await got.until(3))).toEqual(['promotion-1', 'promotion-2', 'promotion-3']);
    await bus.close();
  });
});
