import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openObjectStore, type ObjectStore } from '@assay/object-store';
import { spendOnReport } from './spend-on-report.ts';
import { openThresholds } from './threshold-store.ts';

const HOUR = 3_600_000;
/** A week of the ledger begins: weeks are counted from 1970, a Thursday. */
const WEEK = Date.UTC(2026, 10, 19);
/** Of a week, for each hour. */
const SHARE = 0.05 / 168;

describe('what reports keep in the bucket beside themselves', () => {
  let folder: string;
  let store: ObjectStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-spending-'));
    store = await openObjectStore(`file:${folder}`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** The level of a look at the hour before the end of the given one, at so many hours. */
  const levelAt = async (hours: number, length = 1) => {
    const [from, to] = [WEEK + (hours - length) * HOUR, WEEK + hours * HOUR].map((time) =>
      new Date(time).toISOString(),
    ) as [string, string];
    const { level, budget } = await spendOnReport(store, {
      model: 'wine',
      version: '1.0.0',
      window: { from, to },
    });
    expect(budget).toBe(0.05);
    return level;
  };

  it('spends the budget of a week evenly on hourly looks, and no more', async () => {
    const levels: number[] = [];
    for (let hour = 1; hour <= 168; hour++) levels.push(await levelAt(hour));
    for (const level of levels) expect(level).toBeCloseTo(SHARE, 12);
    expect(levels.reduce((sum, level) => sum + level, 0)).toBeCloseTo(0.05, 10);
  });

  it('gives a window its level again, and a look that comes too soon the share of an hour', async () => {
    const first = await levelAt(84);
    expect(first).toBeCloseTo(0.025, 12);
    expect(await levelAt(84, 24)).toBeCloseTo(SHARE, 12);
    expect(await levelAt(84)).toBe(first);
    expect(await levelAt(60)).toBeCloseTo(SHARE, 12);
  });

  it('pays for looks of several processes at a time once each', async () => {
    const levels = await Promise.all([24, 48, 72].map((hours) => levelAt(hours)));
    // The spent levels, without what is given beyond the budget, sum to no more than had accrued.
    const content: unknown = JSON.parse((await store.get('drift/alpha/wine.json')).content.toString());
    const spent = Object.values((content as { looks: Record<string, number> }).looks);
    expect(spent).toHaveLength(3);
    expect(spent.reduce((sum, level) => sum + level, 0)).toBeLessThanOrEqual(72 * SHARE + 1e-12);
    for (const level of levels) expect(level).toBeGreaterThanOrEqual(SHARE);
  });

  it('begins a ledger that cannot be read anew', async () => {
    await store.put('drift/alpha/wine.json', '[]');
    expect(await levelAt(84)).toBeCloseTo(0.025, 12);
  });

  it('keeps simulated thresholds, of several writers together', async () => {
    const [one, other] = [await openThresholds(store, 'abc'), await openThresholds(store, 'abc')];
    one.cache.set('a', 1);
    other.cache.set('b', 2);
    expect(one.cache.get('a')).toBe(1);
    await Promise.all([one.save(), other.save()]);
    const { cache, save } = await openThresholds(store, 'abc');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, 2, undefined]);
    await save();
    expect((await openThresholds(store, 'another')).cache.get('a')).toBeUndefined();
    await store.put('drift/thresholds/abc.json', '{"a":"one"}');
    expect((await openThresholds(store, 'abc')).cache.get('a')).toBeUndefined();
  });
});
