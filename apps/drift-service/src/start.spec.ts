import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventBus } from '@assay/event-bus';
import {
  predictionPage,
  rememberedPrediction,
  traffic,
  uuidV7,
  type PredictionPage,
  type Traffic,
} from '@assay/schema';
import {
  driftService,
  publish,
  stateIn,
  temporaryFolder,
  until,
  type DriftService,
} from './drift-service.fixture.ts';
import { feedback, prediction } from './predictions.fixture.ts';
import { listenTo } from './stream.fixture.ts';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const idsOf = ({ predictions }: PredictionPage) => predictions.map(({ id }) => id);

/** All lines of the log, as they are in the bucket. */
function linesIn(folder: string): string[] {
  const bucket = join(folder, 'bucket');
  if (!existsSync(bucket)) return [];
  return readdirSync(bucket, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(bucket, name), 'utf8').trim().split('\n'));
}

describe('the service over a log', () => {
  let service: DriftService;
  const cat = prediction({ time: minutesAgo(5), client: 'phone', milliseconds: 10 });
  const dog = prediction({ time: minutesAgo(4), label: 'dog', confidence: 0.5, milliseconds: 30 });
  const wine = prediction({ time: minutesAgo(3), model: 'wine', version: '2.0.0', label: 'red' });
  const refused = prediction({ time: minutesAgo(2), refused: 'unreadable-image' });
  const latest = prediction({ time: minutesAgo(1), label: 'dog' });
  const all = [cat, dog, wine, refused, latest];
  const said = [
    feedback(cat, 'dog', minutesAgo(3)),
    feedback(cat, 'cat', minutesAgo(2)),
    feedback(latest, 'cat'),
  ];
  const list = async (query: string) => (await service.get(`/predictions?${query}`)).body;

  beforeAll(async () => {
    service = await driftService();
    await publish(service.folder, ...said, ...all);
    await until(
      () => list(''),
      ({ predictions }) => predictions.length === 5,
    );
    await until(
      () => list('feedback=given'),
      ({ predictions }) => predictions.length === 2,
    );
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it('is ready', async () => {
    expect(await service.get('/ready')).toEqual({ status: 200, body: { status: 'ready' } });
  });

  it('lists what was predicted, the latest first, as it was published', async () => {
    const page = predictionPage.parse(await list(''));
    expect(idsOf(page)).toEqual(all.map(({ id }) => id).toReversed());
    const { feedback: _, ...record } = page.predictions[0]!;
    expect(record).toEqual(latest.data);
    expect(page.nextPageToken).toBeUndefined();
  });

  it.each([
    ['model=wine', [wine]],
    ['model=cats&outcome=answered', [latest, dog, cat]],
    ['code=unreadable-image', [refused]],
    ['decision=uncertain', [dog]],
    ['prediction=dog', [latest, dog]],
    ['client=phone', [cat]],
    ['version=2.0.0', [wine]],
    [`input=${'c'.repeat(64)}&variant=fp32&limit=1`, [latest]],
    ['feedback=right', [cat]],
    ['feedback=wrong', [latest]],
    ['feedback=missing', [refused, wine, dog]],
    ['label=cat', [latest, cat]],
    [`from=${minutesAgo(3.5).toISOString()}&to=${minutesAgo(1.5).toISOString()}`, [refused, wine]],
    ['from=2026-01-01&to=2026-01-02', []],
    ['prediction=%27%3B%20DROP%20TABLE%20predictions', []],
  ])('finds by %s', async (query, expected) => {
    expect(idsOf(await list(query))).toEqual(expected.map(({ id }) => id));
  });

  it('gives page after page, each prediction once', async () => {
    const ids: string[] = [];
    let pageToken: string | undefined;
    let pages = 0;
    do {
      const page = await list(`limit=2${pageToken === undefined ? '' : `&pageToken=${pageToken}`}`);
      ids.push(...idsOf(page));
      pageToken = page.nextPageToken;
      pages++;
    } while (pageToken !== undefined);
    expect(pages).toBe(3);
    expect(ids).toEqual(all.map(({ id }) => id).toReversed());
  });

  it('knows all that was said of a prediction: the last holds', async () => {
    const { status, body } = await service.get(`/predictions/${cat.id}`);
    expect(status).toBe(200);
    const found = rememberedPrediction.parse(body);
    expect(found.feedback.map(({ label }) => label)).toEqual(['dog', 'cat']);
    expect(found.answer?.scores).toEqual({ cat: 0.75 });
  });

  it('says that it does not know a prediction', async () => {
    const { status, body } = await service.get(`/predictions/${uuidV7()}`);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'unknown-prediction' });
  });

  it('counts traffic by interval', async () => {
    const { body } = await service.get(`/traffic?per=day&from=${minutesAgo(10).toISOString()}`);
    const { intervals, per } = traffic.parse(body);
    expect(per).toBe('day');
    const total = (pick: (interval: Traffic['intervals'][number]) => number | undefined) =>
      intervals.reduce((sum, interval) => sum + (pick(interval) ?? 0), 0);
    // Midnight may lie between.
    expect(total(({ requests }) => requests)).toBe(5);
    expect(total(({ outcomes }) => outcomes.answered)).toBe(4);
    expect(total(({ outcomes }) => outcomes.refused)).toBe(1);
    expect(total(({ decisions }) => decisions.uncertain)).toBe(1);
    expect(total(({ codes }) => codes['unreadable-image'])).toBe(1);
    expect(total(({ feedback: { given } }) => given)).toBe(2);
    expect(total(({ feedback: { right } }) => right)).toBe(1);
    const cats = await service.get('/traffic?per=minute&model=cats');
    expect(cats.body.intervals).toHaveLength(4);
    expect(cats.body.intervals[0]?.latencyMs).toEqual({ p50: 10, p90: 10, p99: 10 });
  });

  it.each([
    '/predictions?limit=0',
    '/predictions?limit=many',
    '/predictions?from=yesterday',
    '/predictions?from=2026-05-02&to=2026-05-01',
    '/predictions?pageToken=xyz',
    '/predictions?pageToken=W10',
    '/predictions?model=../etc',
    '/predictions?model=a&model=b',
    '/predictions?prediction=%00',
    '/predictions?client=%22',
    '/predictions?outcome=lost',
    '/predictions?modell=cats',
    '/predictions/0',
    '/predictions/0198f1a0-0000-4000-8000-000000000000',
    '/predictions/stream?label=cat',
    '/traffic?per=week',
    '/traffic?per=minute&from=2020-01-01',
    '/traffic?from=2026-05-02&to=2026-05-01',
  ])('refuses %s as a fault of the caller', async (path) => {
    const { status, body } = await service.get(path);
    expect({ path, status }).toEqual({ path, status: 400 });
    expect(body.detail).toEqual(expect.any(String));
  });

  it('documents what it serves', async () => {
    const { body } = await service.get('/openapi.json');
    expect(Object.keys(body.paths as object)).toEqual([
      '/predictions',
      '/predictions/stream',
      '/predictions/{id}',
      '/traffic',
      '/reports',
      '/reports/latest',
      '/reports/{id}.html',
      '/reports/{id}',
      '/reports/{id}/diff/{other}',
      '/alerts',
      '/live',
      '/ready',
      '/metrics',
      '/openapi.json',
      '/docs',
      '/docs/{file}',
    ]);
  });

  it('counts what it wrote', async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    expect(text).toContain('log_sink_events_total{topic="predictions"} 5');
    expect(text).toContain('log_sink_events_total{topic="feedback"} 3');
  });
});

describe('a service that ends', () => {
  it('writes what it holds, and leaves nothing on the bus for the next', async () => {
    await using folder = await temporaryFolder();
    const event = prediction();
    {
      await using service = await driftService({ state: folder.path });
      await using stream = await listenTo(`${service.url}/predictions/stream`);
      await publish(folder.path, event);
      // Taken by the sink, and nobody has it written by reading.
      await stream.atLeast(1);
      expect(linesIn(folder.path)).toEqual([]);
    }
    expect(linesIn(folder.path)).toEqual([JSON.stringify(event)]);
    const bus = await openEventBus(stateIn(folder.path).EVENT_BUS_URL);
    const left: unknown[] = [];
    bus.subscribe('predictions', 'log-sink', ({ event: one, ack }) => {
      left.push(one);
      ack();
    });
    await publish(folder.path, prediction());
    await until(
      async () => left.length,
      (count) => count === 1,
    );
    await bus.close();
    expect(left).not.toContainEqual(event);
  });
});

describe('a service whose surroundings fail', () => {
  it('lives without its bus, says so, and becomes ready when the bus is there', async () => {
    await using folder = await temporaryFolder();
    const inTheWay = join(folder.path, 'bus');
    writeFileSync(inTheWay, 'not a folder');
    await using service = await driftService({
      state: folder.path,
      environment: { EVENT_BUS_URL: `sqlite:${join(inTheWay, 'events.db')}` },
    });
    expect((await service.get('/live')).status).toBe(200);
    const { status, body } = await until(
      () => service.get('/ready'),
      ({ body: { state } }) => state === 'failed',
    );
    expect(status).toBe(503);
    expect(body.detail).toContain('EVENT_BUS_URL');
    expect((await service.get('/predictions')).status).toBe(200);
    rmSync(inTheWay);
    await until(
      () => service.get('/ready'),
      (ready) => ready.status === 200,
    );
  });

  it('lives without its bucket, says so, refuses to read, and writes when the bucket is there', async () => {
    await using folder = await temporaryFolder();
    const bucket = join(folder.path, 'bucket');
    writeFileSync(bucket, 'not a folder');
    const event = prediction();
    {
      await using service = await driftService({
        state: folder.path,
        environment: { LOG_SINK_SECONDS: '1' },
      });
      await publish(folder.path, event);
      expect((await service.get('/live')).status).toBe(200);
      const { body } = await until(
        () => service.get('/ready'),
        ({ body: { state } }) => state === 'failed',
      );
      expect(body.detail).toMatch(/bucket|log/);
      const read = await service.get('/predictions');
      expect({ status: read.status, code: read.body.code }).toEqual({
        status: 503,
        code: 'storage-unavailable',
      });
      rmSync(bucket);
      await until(
        () => service.get('/predictions'),
        ({ status, body: page }) => status === 200 && page.predictions.length === 1,
      );
      await until(
        () => service.get('/ready'),
        (ready) => ready.status === 200,
      );
    }
    expect(linesIn(folder.path)).toEqual([JSON.stringify(event)]);
  });
});

describe('a service that does not write', () => {
  it('reads what another writes, and takes nothing off the bus', async () => {
    await using writer = await driftService({ environment: { LOG_SINK_SECONDS: '1' } });
    await using reader = await driftService({
      environment: { ...stateIn(writer.folder), LOG_SINK: 'off' },
    });
    const event = prediction();
    await publish(writer.folder, event);
    const { body } = await until(
      () => reader.get('/predictions'),
      (answer) => answer.body.predictions.length > 0,
    );
    expect(idsOf(body)).toEqual([event.id]);
  });
});
