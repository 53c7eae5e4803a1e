import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listAll, openObjectStore, type ObjectStore } from '@assay/object-store';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reportId } from '../report-id.ts';
import { reportKey } from './report-keys.ts';
import { pruneReports } from './prune-reports.ts';

const DAY = 24 * 3_600_000;
const START = Date.UTC(2026, 10, 1);
const at = (day: number) => new Date(START + day * DAY);

/** The name of the report of a day. */
const idOf = (model: string, day: number, version = '1.0.0') =>
  reportId({
    ...{ model, version },
    window: { from: at(day).toISOString(), to: at(day + 1).toISOString() },
  });

describe('pruneReports', () => {
  let folder: string;
  let store: ObjectStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-prune-'));
    store = await openObjectStore(`file:${folder}`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A report of three bytes and its page of four. */
  const put = async (id: string) => {
    await store.put(reportKey(id)!, '{ }');
    await store.put(reportKey(id, 'html')!, 'page');
  };
  const keys = async () => {
    const all: string[] = [];
    for await (const { key } of listAll(store, '')) all.push(key);
    return all.sort();
  };
  const both = (...ids: string[]) => ids.flatMap((id) => [reportKey(id)!, reportKey(id, 'html')!]).sort();

  it('takes reports of windows that ended before a moment, with their pages, and nothing else', async () => {
    for (let day = 0; day < 5; day++) await put(idOf('wine', day));
    await store.put('reports/wine/notes.txt', 'of somebody else');
    // The window of the second day ended at the beginning of the third.
    expect(await pruneReports(store, { before: at(3) })).toEqual({ reports: 2, bytes: 14 });
    expect(await keys()).toEqual(
      [...both(idOf('wine', 2), idOf('wine', 3), idOf('wine', 4)), 'reports/wine/notes.txt'].sort(),
    );
    expect(await pruneReports(store, { before: at(3) })).toEqual({ reports: 0, bytes: 0 });
  });

  it('keeps the latest report of each model, however old', async () => {
    await put(idOf('wine', 0));
    await put(idOf('wine', 1, '2.0.0'));
    await put(idOf('leaves', 0));
    expect((await pruneReports(store, { before: at(1000) })).reports).toBe(1);
    expect(await keys()).toEqual(both(idOf('wine', 1, '2.0.0'), idOf('leaves', 0)));
  });

  it('stops when it is told, and goes on when it is called again', async () => {
    for (let day = 0; day < 3; day++) await put(idOf('wine', day));
    const stopped = AbortSignal.abort();
    await expect(pruneReports(store, { before: at(1000), signal: stopped })).rejects.toThrow('aborted');
    expect(await keys()).toHaveLength(6);
    expect((await pruneReports(store, { before: at(1000) })).reports).toBe(2);
  });

  it('has nothing to do where there is nothing', async () => {
    expect(await pruneReports(store, { before: at(0) })).toEqual({ reports: 0, bytes: 0 });
  });
});
