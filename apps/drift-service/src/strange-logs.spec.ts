import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openObjectStore } from '@assay/object-store';
import { driftReportSchema } from '@assay/schema';
import { driftingRecords, makeDriftRegistry } from '@assay/testing';
import { driftService, stateIn, temporaryFolder, type DriftService } from './drift-service.fixture.ts';
import { ago, ask, HOUR, NOW, post, writeLog } from './reports.fixture.ts';

describe('a window of a strange log', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let service: DriftService;
  const events = (hours: number, given: Partial<Parameters<typeof driftingRecords>[0]> = {}) =>
    driftingRecords({ hour: NOW - hours * HOUR, count: 400, ...given });
  const worlds: Readonly<
    Record<string, { lines: (hours: number) => unknown[]; verdict: string; passedOver?: number }>
  > = {
    'an empty log': { lines: () => [], verdict: 'insufficient-data' },
    'one record': { lines: (hours) => events(hours, { count: 1 }), verdict: 'insufficient-data' },
    'a column without values': {
      lines: (hours) => events(hours, { change: { height: undefined } }),
      verdict: 'drifted',
    },
    'a constant column': { lines: (hours) => events(hours, { change: { width: 0.25 } }), verdict: 'drifted' },
    'a class that nobody saw': {
      lines: (hours) => events(hours, { change: { label: 'odd' } }),
      verdict: 'drifted',
    },
    'damaged lines': {
      lines: (hours) => ['{"torn', '\u0000\u0001', ...events(hours)],
      verdict: 'stable',
      passedOver: 2,
    },
    'records of a newer schema': {
      lines: (hours) => [
        ...events(hours),
        ...events(hours, { count: 1, seed: 5 }).map((event) => ({
          ...event,
          type: 'assay.prediction.made.v2',
          id: 'newer',
        })),
      ],
      verdict: 'stable',
      passedOver: 1,
    },
  };
  const names = Object.keys(worlds);

  beforeAll(async () => {
    folder = await temporaryFolder();
    const registry = await makeDriftRegistry(folder.path);
    for (const [at, name] of names.entries()) {
      const lines = worlds[name]!.lines(2 * at + 3);
      if (lines.length > 0) await writeLog(folder.path, NOW - (2 * at + 3) * HOUR, lines);
    }
    const store = await openObjectStore(stateIn(folder.path).OBJECT_STORE_URL);
    const hour = new Date(NOW - 40 * HOUR).toISOString();
    await store.put(`predictions/${hour.slice(0, 10)}/${hour.slice(11, 13)}/all-0.v1.parquet`, 'no parquet');
    service = await driftService({
      state: folder.path,
      environment: { MODEL_REGISTRY: registry, DRIFT_SCHEDULE: 'off', LOG_SINK: 'off' },
    });
  }, 120_000);
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it.each(names)('gets a verdict: %s', async (name) => {
    const hours = 2 * names.indexOf(name) + 2;
    const { status, body } = await post(service, { model: 'tiny', window: ago(hours) });
    expect({ status, verdict: body.verdict }).toEqual({ status: 201, verdict: worlds[name]!.verdict });
    const report = driftReportSchema.parse(body);
    expect(report.records.passedOver).toBe(worlds[name]!.passedOver ?? 0);
    expect((await ask(service, `/reports/${report.id}.html`)).status).toBe(200);
    expect((await ask(service, `/reports/${report.id}?parity=evidently`)).status).toBe(200);
  });

  it('gets a verdict or a clear refusal: an object that is damaged', async () => {
    const { status, body, text } = await post(service, { model: 'tiny', window: ago(39) });
    expect(status).toBeLessThan(500);
    expect(body.verdict ?? body.code).toEqual(expect.any(String));
    expect(text).not.toMatch(/ at .*\.ts:\d+/);
  });
});
