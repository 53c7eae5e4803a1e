import { setTimeout as delay } from 'node:timers/promises';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventBus } from '@assay/event-bus';
import { openObjectStore } from '@assay/object-store';
import {
  driftAlertList,
  driftReportBatch,
  driftReportDiff,
  driftReportPage,
  driftReportSchema,
  parityReport,
  uuidV7,
  type CloudEvent,
  type DriftReport,
} from '@assay/schema';
import { driftingRecords, makeDriftRegistry } from '@assay/testing';
import { listeningWebhook } from './alerts/webhook.fixture.ts';
import { driftService, stateIn, temporaryFolder, until, type DriftService } from './drift-service.fixture.ts';

const HOUR = 3_600_000;
/** The hour that is going on when the tests begin. */
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
/** A window of so many hours that ended so many hours ago. */
const ago = (hours: number, length = 1) => ({
  from: new Date(NOW - (hours + length) * HOUR).toISOString(),
  to: new Date(NOW - hours * HOUR).toISOString(),
});

type Answer = Readonly<Record<string, unknown>> & { code?: string; detail?: string };

async function ask(service: DriftService, path: string, init?: RequestInit) {
  const response = await fetch(service.url + path, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Answer,
  };
}

const post = (service: DriftService, body?: unknown) =>
  ask(service, '/reports', {
    method: 'POST',
    ...(body === undefined
      ? {}
      : {
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
  });

/** Events of the topic `drift`, as they come. */
async function driftEvents(folder: string) {
  const bus = await openEventBus(stateIn(folder).EVENT_BUS_URL);
  const events: CloudEvent[] = [];
  bus.subscribe('drift', 'spec', ({ event, ack }) => {
    events.push(event);
    ack();
  });
  return { events, [Symbol.asyncDispose]: () => bus.close() };
}

/** Writes lines into the log of a folder, as the sink would. */
async function writeLog(folder: string, hour: number, lines: readonly unknown[]): Promise<void> {
  const store = await openObjectStore(stateIn(folder).OBJECT_STORE_URL);
  const at = new Date(hour).toISOString();
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  await store.put(`predictions/${at.slice(0, 10)}/${at.slice(11, 13)}/sink-${uuidV7()}-0.jsonl`, text);
}

describe('drift reports of a service', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let service: DriftService;
  let hook: Awaited<ReturnType<typeof listeningWebhook>>;
  let bus: Awaited<ReturnType<typeof driftEvents>>;
  const stable = { model: 'tiny', window: ago(3) };
  const drifted = { model: 'tiny', window: ago(2) };
  let first: DriftReport;
  let second: DriftReport;

  beforeAll(async () => {
    folder = await temporaryFolder();
    hook = await listeningWebhook();
    const registry = await makeDriftRegistry(folder.path);
    await writeLog(folder.path, NOW - 4 * HOUR, driftingRecords({ hour: NOW - 4 * HOUR, count: 600 }));
    await writeLog(
      folder.path,
      NOW - 3 * HOUR,
      driftingRecords({ hour: NOW - 3 * HOUR, count: 600, shift: 2 }),
    );
    service = await driftService({
      state: folder.path,
      environment: {
        MODEL_REGISTRY: registry,
        DRIFT_SCHEDULE: 'off',
        DRIFT_WEBHOOK_URL: hook.url,
        PUBLIC_URL: 'https://drift.example/',
        LOG_SINK: 'off',
      },
    });
    bus = await driftEvents(folder.path);
  }, 120_000);
  afterAll(async () => {
    await bus[Symbol.asyncDispose]();
    await service[Symbol.asyncDispose]();
    await hook[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it('call a window of the world that the model knows stable, and give it the same report again', async () => {
    const made = await post(service, stable);
    first = driftReportSchema.parse(made.body);
    expect({ status: made.status, location: made.headers.get('location') }).toEqual({
      status: 201,
      location: `/reports/${first.id}`,
    });
    expect({ verdict: first.verdict, records: first.records.total }).toEqual({
      verdict: 'stable',
      records: 600,
    });
    const again = await post(service, stable);
    expect(again.status).toBe(200);
    expect(again.text).toBe(made.text);
  });

  it('find a feature that moved, once for two who ask at a time', async () => {
    const both = await Promise.all([post(service, drifted), post(service, drifted)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(both[0].text).toBe(both[1].text);
    second = driftReportSchema.parse(both[0].body);
    expect(second.verdict).toBe('drifted');
    expect(second.features[0]?.feature).toBe('feature.height');
    expect(second.alpha).toMatchObject({ budget: 0.05 });
  });

  it('are told to the bus and to people, once each', async () => {
    await until(
      async () => bus.events.length,
      (count) => count === 2,
    );
    const told = bus.events.map(({ data, type }) => ({
      type,
      data: data as { report: string; verdict: string },
    }));
    expect(told.map(({ data }) => [data.report, data.verdict])).toEqual([
      [first.id, 'stable'],
      [second.id, 'drifted'],
    ]);
    await until(
      async () => hook.messages.length,
      (count) => count === 1,
    );
    expect(hook.messages[0]?.text).toContain('Drift: tiny.');
    expect(JSON.stringify(hook.messages[0]?.blocks)).toContain(
      `https://drift.example/reports/${second.id}.html`,
    );
    const { alerts } = driftAlertList.parse((await ask(service, '/alerts?model=tiny')).body);
    expect(alerts).toMatchObject([{ model: 'tiny', status: 'alarm', report: second.id }]);
    expect(alerts[0]?.features).toContain('feature.height');
    expect(alerts[0]?.history.map(({ kind, delivery }) => [kind, delivery])).toEqual([
      ['alarm', 'delivered'],
    ]);
  });

  it('are listed, the latest window first', async () => {
    const list = async (query: string) =>
      driftReportPage.parse((await ask(service, `/reports?${query}`)).body).reports.map(({ id }) => id);
    expect(await list('')).toEqual([second.id, first.id]);
    expect(await list('model=tiny&verdict=stable')).toEqual([first.id]);
    expect(await list('model=other')).toEqual([]);
    const page = driftReportPage.parse((await ask(service, '/reports?limit=1')).body);
    expect(await list(`limit=1&pageToken=${page.nextPageToken}`)).toEqual([first.id]);
    const latest = await ask(service, '/reports/latest?model=tiny');
    expect(latest.body.id).toBe(second.id);
    expect((await ask(service, '/reports/latest?model=other')).body.code).toBe('unknown-report');
  });

  it('are JSON for programs and a page that runs nothing for people', async () => {
    const json = await ask(service, `/reports/${second.id}`);
    expect(driftReportSchema.parse(json.body)).toEqual(second);
    for (const page of [
      await ask(service, `/reports/${second.id}.html`),
      await ask(service, `/reports/${second.id}`, { headers: { accept: 'text/html,*/*;q=0.8' } }),
      await ask(service, '/reports/latest', { headers: { accept: 'text/html' } }),
    ]) {
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(page.text).toMatch(/^<!doctype html>/);
      expect(page.text).not.toContain('<script');
    }
  });

  it('are compared with each other and with another tool', async () => {
    const diff = await ask(service, `/reports/${first.id}/diff/${second.id}`);
    const { features, before, after } = driftReportDiff.parse(diff.body);
    expect([before.id, after.id]).toEqual([first.id, second.id]);
    expect(features.find(({ feature }) => feature === 'feature.height')).toMatchObject({
      before: 'stable',
      after: 'drifted',
    });
    const page = await ask(service, `/reports/${first.id}/diff/${second.id}`, {
      headers: { accept: 'text/html' },
    });
    expect(page.text).toMatch(/^<!doctype html>/);
    const { body } = await ask(service, `/reports/${second.id}?parity=evidently`);
    const parity = parityReport.parse(body.parity);
    expect(parity.columns.find(({ feature }) => feature === 'feature.height')).toMatchObject({
      drifted: true,
      verdict: 'drifted',
    });
  });

  it('are shown to Prometheus', async () => {
    const { text } = await ask(service, '/metrics');
    expect(text).toContain('drift_verdict{model="tiny"} 2');
    expect(text).toMatch(/drift_score\{model="tiny",feature="feature.height"\} [1-9]/);
    expect(text).toMatch(/drift_score\{model="tiny",feature="overall"\} [1-9]/);
    expect(text).toContain(
      `drift_report_timestamp_seconds{model="tiny"} ${Date.parse(second.window.to) / 1000}`,
    );
    expect(text).toMatch(/drift_expected_accuracy\{model="tiny"\} 0\.\d+/);
    expect(text).toContain('drift_report_seconds_count 2');
    expect(text).toContain('drift_notices_total{delivery="delivered"} 1');
  });

  it('of every champion are made without a body; a model that cannot be judged does not keep the others from it', async () => {
    const { status, body } = await post(service);
    expect(status).toBe(201);
    const { reports, problems } = driftReportBatch.parse(body);
    expect(reports.map(({ model, records }) => [model.name, records])).toEqual([['tiny', 1200]]);
    expect(Date.parse(reports[0]!.window.to) - Date.parse(reports[0]!.window.from)).toBe(24 * HOUR);
    expect(problems).toMatchObject([{ model: 'bare', code: 'no-reference-profile' }]);
  });

  it.each([
    [{ model: 'nobody' }, 404, 'unknown-model'],
    [{ model: 'tiny', version: '9.9.9' }, 404, 'unknown-version'],
    [{ model: 'bare', window: '1h' }, 422, 'no-reference-profile'],
    [{ model: 'tiny', window: { from: ago(2).to, to: ago(2).from } }, 422, 'invalid-window'],
    [{ model: 'tiny', window: ago(-3) }, 422, 'invalid-window'],
    [{ model: 'tiny', window: ago(1, 24 * 100) }, 422, 'invalid-window'],
    [{ model: 'tiny', window: 'a week' }, 400, 'bad-request'],
    [{ model: 'tiny', window: { from: 'yesterday', to: 'today' } }, 400, 'bad-request'],
    [{ model: '../tiny' }, 400, 'bad-request'],
    [{ modell: 'tiny' }, 400, 'bad-request'],
    [{ version: '1.0.0' }, 400, 'bad-request'],
    ['[]', 400, 'bad-request'],
    ['{"torn', 400, 'malformed-json'],
  ])('refuse %j with %i', async (body, status, code) => {
    const answer = await post(service, body);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.detail).toEqual(expect.any(String));
  });

  it.each([
    ['/reports/nothing', 400],
    ['/reports/..%2F..%2Fetc', 400],
    ['/reports/tiny_1.0.0_20200101T000000Z_20200102T000000Z', 404],
    ['/reports/tiny_1.0.0_20200101T000000Z_20200102T000000Z.html', 404],
    ['/reports?limit=0', 400],
    ['/reports?verdict=maybe', 400],
    ['/reports?pageToken=xyz', 400],
    ['/alerts?model=..', 400],
  ])('refuse GET %s with %i', async (path, status) => {
    expect((await ask(service, path)).status).toBe(status);
  });
});

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

describe('a report that the bus cannot be told of', () => {
  it('is made all the same, and told when there is a bus', async () => {
    await using folder = await temporaryFolder();
    const registry = await makeDriftRegistry(folder.path);
    const inTheWay = join(folder.path, 'bus');
    writeFileSync(inTheWay, 'not a folder');
    const environment = { MODEL_REGISTRY: registry, DRIFT_SCHEDULE: 'off', LOG_SINK: 'off' };
    let id: string;
    {
      await using service = await driftService({
        state: folder.path,
        environment: { ...environment, EVENT_BUS_URL: `sqlite:${join(inTheWay, 'events.db')}` },
      });
      const { status, body } = await post(service, { model: 'tiny', window: ago(1) });
      expect(status).toBe(201);
      id = body.id as string;
      expect((await ask(service, '/ready')).status).toBe(200);
    }
    rmSync(inTheWay);
    await using bus = await driftEvents(folder.path);
    await using service = await driftService({ state: folder.path, environment });
    await until(
      async () => bus.events.length,
      (count) => count > 0,
    );
    expect(bus.events[0]?.data).toMatchObject({ report: id, verdict: 'insufficient-data' });
    await until(
      async () => (await openObjectStore(stateIn(folder.path).OBJECT_STORE_URL)).list('drift/untold/'),
      ({ objects }) => objects.length === 0,
    );
    expect((await ask(service, '/metrics')).text).toContain('drift_verdict{model="tiny"} 1');
  });
});

describe('the schedule', () => {
  it('makes reports by itself', async () => {
    await using folder = await temporaryFolder();
    const registry = await makeDriftRegistry(folder.path);
    await using service = await driftService({
      state: folder.path,
      environment: {
        MODEL_REGISTRY: registry,
        DRIFT_SCHEDULE: '* * * * *',
        DRIFT_WINDOW: '3h',
        LOG_SINK: 'off',
      },
    });
    const { body } = await until(
      async () => {
        await delay(1000);
        return ask(service, '/reports?model=tiny');
      },
      (answer) => (answer.body.reports as unknown[]).length > 0,
    );
    const [report] = driftReportPage.parse(body).reports;
    expect(Date.parse(report!.window.to) - Date.parse(report!.window.from)).toBe(3 * HOUR);
  }, 180_000);
});
