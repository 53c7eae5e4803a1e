import { describe, expect, it } from '@jest/globals';
import { deliver, type DeliveryLimits } from './deliver.ts';
import { begin, epoch } from './spec-support/events.ts';
import { TrackerRefusal, type Tracker, type TrackingEvent } from './tracker.ts';

const soon: Partial<DeliveryLimits> = { attemptMs: 5000, firstPauseMs: 1, longestPauseMs: 2, closeMs: 5000 };

function fake(record: (event: TrackingEvent, attempt: number) => Promise<void>) {
  const seen: TrackingEvent[] = [];
  const warnings: string[] = [];
  const tracker: Tracker = {
    name: 'Fake',
    record: async (event) => {
      seen.push(event);
      return record(event, seen.length);
    },
    close: async () => undefined,
  };
  return { seen, warnings, tracker, warn: (text: string) => void warnings.push(text) };
}
const epochs = (count: number): TrackingEvent[] =>
  Array.from({ length: count }, (_, at) => ({ type: 'epoch', record: epoch(at + 1) }));

describe('deliver', () => {
  it('delivers in order, one at a time', async () => {
    let under = 0;
    const { seen, tracker, warn, warnings } = fake(async () => {
      expect(++under).toBe(1);
      await new Promise(setImmediate);
      under--;
    });
    const delivery = deliver(tracker, { warn, limits: soon });
    const events = [begin, ...epochs(5)];
    events.forEach((event) => delivery.push(event));
    expect(await delivery.close()).toBe(0);
    expect(seen).toEqual(events);
    expect(warnings).toEqual([]);
  });

  it('tries again what failed, and warns once', async () => {
    const { seen, tracker, warn, warnings } = fake(async (_, attempt) => {
      if (attempt < 4) throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    });
    const delivery = deliver(tracker, { warn, limits: soon });
    delivery.push(begin);
    expect(await delivery.close()).toBe(0);
    expect(seen).toEqual([begin, begin, begin, begin]);
    expect(warnings).toEqual([
      expect.stringContaining('Fake cannot be told of this run for now (fetch failed: connect ECONNREFUSED)'),
    ]);
  });

  it('leaves a tracker that is away alone soon after the run has ended', async () => {
    const { seen, tracker, warn } = fake(async () => {
      throw new Error('fetch failed');
    });
    const delivery = deliver(tracker, { warn, limits: { ...soon, firstPauseMs: 1 } });
    [begin, ...epochs(4)].forEach((event) => delivery.push(event));
    expect(await delivery.close()).toBe(5);
    expect(seen.length).toBeLessThanOrEqual(5);
    expect(seen.every(({ type }) => type === 'begin')).toBe(true);
  });

  it('leaves out what is refused and goes on with the rest', async () => {
    const { tracker, warn, warnings, seen } = fake(async (event) => {
      if (event.type === 'epoch' && event.record.epoch === 1) throw new TrackerRefusal('HTTP 400');
    });
    const delivery = deliver(tracker, { warn, limits: soon });
    [begin, ...epochs(2)].forEach((event) => delivery.push(event));
    expect(await delivery.close()).toBe(1);
    expect(seen).toHaveLength(3);
    expect(warnings).toHaveLength(1);
  });

  it('asks no more once the run itself is refused', async () => {
    const { tracker, warn, seen } = fake(async () => {
      throw new TrackerRefusal('HTTP 403');
    });
    const delivery = deliver(tracker, { warn, limits: soon });
    [begin, ...epochs(3)].forEach((event) => delivery.push(event));
    await new Promise(setImmediate);
    epochs(1).forEach((event) => delivery.push(event));
    expect(await delivery.close()).toBe(5);
    expect(seen).toEqual([begin]);
  });

  it('gives up an attempt that hangs, and does not hold up the end of the run', async () => {
    const { tracker, warn, warnings } = fake(() => new Promise(() => undefined));
    const delivery = deliver(tracker, { warn, limits: { ...soon, attemptMs: 5, closeMs: 500 } });
    [begin, ...epochs(2)].forEach((event) => delivery.push(event));
    expect(await delivery.close()).toBe(3);
    expect(warnings).toEqual([expect.stringContaining('no answer in 0.005 s')]);
  });

  it('holds a bounded number of events and drops the oldest, never the beginning', async () => {
    const open = Promise.withResolvers<undefined>();
    const { seen, tracker, warn } = fake(async () => open.promise);
    const delivery = deliver(tracker, { warn, limits: { ...soon, capacity: 3 } });
    [begin, ...epochs(10)].forEach((event) => delivery.push(event));
    open.resolve(undefined);
    expect(await delivery.close()).toBe(8);
    expect(seen).toEqual([begin, ...epochs(10).slice(-2)]);
  });

  it('survives a tracker that throws at once or fails to close', async () => {
    const { warn, warnings } = fake(async () => undefined);
    const delivery = deliver(
      {
        name: 'Broken',
        record: () => {
          throw new TrackerRefusal('at once');
        },
        close: async () => {
          throw new Error('in closing');
        },
      },
      { warn, limits: soon },
    );
    delivery.push(begin);
    expect(await delivery.close()).toBe(1);
    expect(warnings).toHaveLength(1);
  });
});
