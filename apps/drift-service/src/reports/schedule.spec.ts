import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isCron, startSchedule } from './schedule.ts';

const HOUR = 3_600_000;

describe('startSchedule', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 20, 14, 7, 30) });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('does its work at its times, until it is closed, and goes on after an error', async () => {
    const times: string[] = [];
    const errors: unknown[] = [];
    const schedule = startSchedule(
      '5 * * * *',
      async () => {
        times.push(new Date().toISOString());
        await Promise.reject(new Error('no bucket'));
      },
      (error) => errors.push(error),
    );
    await jest.advanceTimersByTimeAsync(2 * HOUR);
    expect(times).toEqual(['2026-11-20T15:05:00.000Z', '2026-11-20T16:05:00.000Z']);
    expect(errors).toEqual([new Error('no bucket'), new Error('no bucket')]);
    await schedule.close();
    await jest.advanceTimersByTimeAsync(2 * HOUR);
    expect(times).toHaveLength(2);
  });

  it('leaves a time out while the work of the one before goes on', async () => {
    let begun = 0;
    const work = Promise.withResolvers<undefined>();
    const schedule = startSchedule(
      '* * * * *',
      async () => {
        begun++;
        await work.promise;
      },
      () => undefined,
    );
    await jest.advanceTimersByTimeAsync(5 * 60_000);
    expect(begun).toBe(1);
    work.resolve(undefined);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(begun).toBe(2);
    await schedule.close();
  });
});

describe('isCron', () => {
  it.each([
    ['5 * * * *', true],
    ['0 6 * * MON-FRI', true],
    ['* * * * * *', false],
    ['60 * * * *', false],
    ['hourly', false],
    ['', false],
  ])('of %j is %s', (pattern, is) => expect(isCron(pattern)).toBe(is));
});
