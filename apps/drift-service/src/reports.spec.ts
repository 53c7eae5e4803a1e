import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  driftAlertList,
  driftReportBatch,
  driftReportDiff,
  driftReportPage,
  driftReportSchema,
  parityReport,
  type DriftReport,
} from '@assay/schema';
import { driftingRecords, makeDriftRegistry } from '@assay/testing';
import { listeningWebhook } from './alerts/webhook.fixture.ts';
import { driftService, temporaryFolder, until, type DriftService } from './drift-service.fixture.ts';
import { ago, ask, driftEvents, HOUR, NOW, post, writeLog } from './reports.fixture.ts';

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
