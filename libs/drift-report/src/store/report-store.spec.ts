import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openObjectStore, type ObjectStore } from '@assay/object-store';
import type { DriftReport } from '@assay/schema';
import { sampleReport } from '@assay/testing';
import { reportId } from '../report-id.ts';
import { openReportStore, type ReportStore } from './report-store.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 20);

/** The report of one hour of a day. */
function report(
  hour: number,
  given: { model?: string; drifted?: string[]; time?: string } = {},
): DriftReport {
  const { model = 'wine' } = given;
  const window = {
    from: new Date(START + (hour - 1) * HOUR).toISOString(),
    to: new Date(START + hour * HOUR).toISOString(),
  };
  return sampleReport({ id: reportId({ model, version: '1.0.0', window }), window, ...given, model });
}

describe('openReportStore', () => {
  let folder: string;
  let store: ObjectStore;
  let reports: ReportStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-reports-'));
    store = await openObjectStore(`file:${folder}`);
    reports = openReportStore(store);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps a report as JSON and as a page, under the name of its model', async () => {
    const first = report(1);
    expect(await reports.keep(first)).toEqual({ report: first, isNew: true });
    const keys = (await store.list('reports/')).objects.map(({ key }) => key);
    expect(keys).toEqual([`reports/wine/${first.id}.html`, `reports/wine/${first.id}.json`]);
    expect(await reports.get(first.id)).toEqual(first);
    expect(await reports.page(first.id)).toContain('<!doctype html>');
  });

  it('gives a window the report that was made first, also where two are made at a time', async () => {
    const [one, other] = [report(1, { time: '2026-11-20T02:00:00.000Z' }), report(1)];
    const kept = await Promise.all([reports.keep(one), openReportStore(store).keep(other)]);
    expect(kept.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(kept[0].report).toEqual(kept[1].report);
    expect((await reports.keep(report(1, { time: '2026-11-20T03:00:00.000Z' }))).isNew).toBe(false);
  });

  it('writes anew what nobody can read', async () => {
    const { id } = report(1);
    await store.put(`reports/wine/${id}.json`, '{"torn');
    expect(await reports.find(id)).toBeUndefined();
    expect((await reports.list({}, { limit: 10 })).reports).toEqual([]);
    expect((await reports.keep(report(1))).isNew).toBe(true);
    expect((await reports.list({}, { limit: 10 })).reports.map((one) => one.id)).toEqual([id]);
  });

  it('lists the latest window first, page by page, by model and verdict', async () => {
    for (const hour of [3, 1, 2])
      await reports.keep(report(hour, hour === 2 ? { drifted: ['alcohol'] } : {}));
    await reports.keep(report(2, { model: 'birds' }));
    const ids = async (filter: Parameters<ReportStore['list']>[0], limit = 10) =>
      (await reports.list(filter, { limit })).reports.map(({ id }) => id);
    const [one, two, three] = [1, 2, 3].map((hour) => report(hour).id);
    expect(await ids({ model: 'wine' })).toEqual([three, two, one]);
    expect(await ids({ model: 'wine', verdict: 'drifted' })).toEqual([two]);
    expect(await ids({ model: 'wine', version: '2.0.0' })).toEqual([]);
    expect(await ids({ model: 'nothing' })).toEqual([]);
    const seen: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await reports.list({}, { limit: 1, pageToken });
      seen.push(...page.reports.map(({ id }) => id));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    expect(seen).toEqual([three, two, report(2, { model: 'birds' }).id, one]);
    expect((await reports.latest({ model: 'birds' }))?.model.name).toBe('birds');
    expect(await reports.latest({ model: 'nothing' })).toBeUndefined();
    await expect(reports.list({}, { limit: 1, pageToken: 'W10' })).rejects.toMatchObject({
      code: 'invalid-query',
    });
  });

  it('remembers which reports nobody was told of, the earliest window first', async () => {
    await reports.keep(report(2));
    await reports.keep(report(1));
    expect((await reports.untold.list()).map(({ id }) => id)).toEqual([report(1).id, report(2).id]);
    await reports.untold.remove(report(1).id);
    expect((await openReportStore(store).untold.list()).map(({ id }) => id)).toEqual([report(2).id]);
  });

  it('says that there is no such report', async () => {
    await expect(reports.get(report(1).id)).rejects.toMatchObject({ code: 'unknown-report' });
    await expect(reports.get('../../etc/passwd')).rejects.toMatchObject({ code: 'unknown-report' });
  });
});
