import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportId } from '@assay/drift-report';
import { listAll, openObjectStore, type ObjectStore } from '@assay/object-store';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHousekeeping } from './housekeeping.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 20);

describe('createHousekeeping', () => {
  let folder: string;
  let store: ObjectStore;
  let told: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-housekeeping-'));
    store = await openObjectStore(`file:${folder}`);
    told = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const ago = (days: number) => new Date(NOW - days * DAY).toISOString();
  const reportOf = (days: number) =>
    `reports/wine/${reportId({ model: 'wine', version: '1.0.0', window: { from: ago(days + 1), to: ago(days) } })}.json`;
  const profileOf = (days: number) => `profiles/wine/1.0.0/abc/${ago(days).slice(0, 10)}/00.counts`;
  const put = async (...keys: string[]) => {
    for (const key of keys) await store.put(key, '{}');
  };
  const keys = async () => {
    const all: string[] = [];
    for await (const { key } of listAll(store, '')) all.push(key);
    return all.sort();
  };
  const housekeeping = (
    keepDays: number | undefined,
    given: { now?: () => number; store?: ObjectStore } = {},
  ) =>
    createHousekeeping({
      ...{ store, keepDays, now: () => NOW, signal: new AbortController().signal, ...given },
      logger: {
        info: (_: unknown, message?: string) => void told.push(message ?? ''),
        warn: (_: unknown, message?: string) => void told.push(message ?? ''),
      },
    });

  it('deletes reports of that age, and hours that no report looks back to', async () => {
    await put(reportOf(0), reportOf(29), reportOf(31), profileOf(31), profileOf(62), profileOf(64));
    await housekeeping(30).tidy();
    expect(await keys()).toEqual([reportOf(0), reportOf(29), profileOf(31), profileOf(62)].sort());
    expect(told).toEqual(['deleted drift reports that were older than 30 days']);
  });

  it('keeps hours as long as reports, where those are kept longer', async () => {
    await put(profileOf(99), profileOf(101));
    await housekeeping(100).tidy();
    expect(await keys()).toEqual([profileOf(99)]);
  });

  it('looks once a day', async () => {
    let now = NOW;
    const { tidy } = housekeeping(30, { now: () => now });
    await tidy();
    await put(reportOf(0), reportOf(31));
    now += DAY - 1;
    await tidy();
    expect(await keys()).toHaveLength(2);
    now += 1;
    await tidy();
    expect(await keys()).toEqual([reportOf(0)]);
  });

  it('keeps everything where it is told to', async () => {
    await put(reportOf(0), reportOf(5000), profileOf(5000));
    await housekeeping(undefined).tidy();
    expect(await keys()).toHaveLength(3);
  });

  it('says what keeps it from it, and tries again', async () => {
    await put(reportOf(0), reportOf(31));
    let isDown = true;
    const delete_: ObjectStore['delete'] = (...given) =>
      isDown ? Promise.reject(new Error('the disk is gone')) : store.delete(...given);
    const { tidy } = housekeeping(30, { store: { ...store, list: store.list.bind(store), delete: delete_ } });
    await tidy();
    expect(told).toEqual(['old drift reports could not be deleted']);
    isDown = false;
    await tidy();
    expect(await keys()).toEqual([reportOf(0)]);
  });
});
