import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openEventBus } from '@assay/event-bus';
import { openObjectStore } from '@assay/object-store';
import { inputKey, uuidV7, type Prediction } from '@assay/schema';
import { makePng } from '@assay/testing';
import { eventsOn, stalling } from './events.fixture.ts';
import { realService, stateIn } from './real-service.fixture.ts';

type Made = 'assay.prediction.made.v1';
type Given = 'assay.feedback.given.v1';
type Service = Awaited<ReturnType<typeof realService>>;

const grey = (level: number) => new Uint8Array(makePng(16, 16, [level, level, level]));
const busOf = ({ state }: Service) => stateIn(state).EVENT_BUS_URL;

interface Post {
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

async function post(service: Service, path: string, body: Uint8Array | string, { type, headers }: Post = {}) {
  const response = await fetch(service.url + path, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': type ?? 'application/octet-stream', ...headers },
  });
  const log = response.headers.get('prediction-log');
  return { status: response.status, log, body: (await response.json()) as Record<string, unknown> };
}

const rows = (...values: object[]) => JSON.stringify(values);

describe('what is remembered', () => {
  it('is on the bus when the answer is out: of an image, with the id of the answer', async () => {
    await using service = await realService({ packages: [{ scopeThreshold: 1e6 }] });
    await using events = await eventsOn(busOf(service));
    const image = grey(200);
    const { body, log } = await post(service, '/predict?client=camera%207', image, {
      headers: { 'x-request-id': 'request-1', traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01` },
    });
    const answer = body as unknown as Prediction;
    expect(log).toBeNull();
    const [event] = await events.atLeast<Made>(1);
    expect(event).toMatchObject({ id: answer.id, source: '/inference-api', subject: 'tiny' });
    expect(event!.data).toMatchObject({
      id: answer.id,
      requestId: 'request-1',
      traceId: 'c'.repeat(32),
      client: 'camera 7',
      model: { name: 'tiny', version: '1.0.0', variant: 'fp32' },
      input: {
        kind: 'image',
        sha256: createHash('sha256').update(image).digest('hex'),
        bytes: image.length,
        format: 'png',
        width: 16,
        height: 16,
      },
      outcome: 'answered',
      answer: { prediction: 'bright', decision: 'bright' },
    });
    const { answer: logged, input, stages } = event!.data;
    expect(logged!.probability).toBeCloseTo(answer.probability, 5);
    expect(logged!.scopeDistance).toBeCloseTo(answer.scope!.distance, 3);
    // The tiny model has two features: no more than are kept, so that they stay as they are.
    expect(logged!.embedding).toHaveLength(2);
    // Luma weights sum to 1 but for rounding.
    expect((input as { properties: { brightness: number } }).properties.brightness).toBeCloseTo(200, 0);
    expect(Object.keys(stages)).toEqual(
      expect.arrayContaining(['receive', 'decode', 'inference', 'measure', 'total']),
    );
  });

  it('are refusals, with their code, as far as the request got; and rows each by itself', async () => {
    await using service = await realService({ packages: [{ name: 'sums', kind: 'tabular' }, {}] });
    await using events = await eventsOn(busOf(service));
    const json = { type: 'application/json' };
    expect((await post(service, '/predict?model=birds', grey(1))).status).toBe(404);
    expect((await post(service, '/predict', 'no image')).status).toBe(422);
    expect((await post(service, '/predict?top=0', grey(1))).status).toBe(400);
    expect((await post(service, '/predict', grey(1), { headers: { 'assay-client': '"' } })).status).toBe(400);
    const listed = await post(
      service,
      '/predict?model=sums',
      rows({ height: 12, width: 0.5 }, { height: 1 }),
      json,
    );
    expect(listed.body).toMatchObject({ answered: 1, refused: 1 });
    const made = (await events.atLeast<Made>(6)).map(({ data }) => data);
    const codes = made.map(({ outcome, code }) => `${outcome} ${code ?? ''}`.trim()).sort();
    expect(codes).toEqual([
      'answered',
      'refused bad-request',
      'refused invalid-features',
      'refused invalid-query',
      'refused unknown-model',
      'refused unreadable-image',
    ]);
    const by = (code: string | undefined) => made.find((record) => record.code === code)!;
    expect(by('unknown-model')).not.toHaveProperty('model');
    expect(by('unreadable-image')).toMatchObject({
      model: { name: 'tiny' },
      input: { kind: 'image', bytes: 8 },
    });
    expect(by(undefined)).toMatchObject({ input: { kind: 'tabular', features: { height: 12, width: 0.5 } } });
    const [answer] = listed.body.results as { id: string }[];
    expect(by(undefined).id).toBe(answer!.id);
    expect(new Set(made.map(({ id }) => id)).size).toBe(6);
  });

  it('waits in the outbox where the bus does not answer; the answer says so and the bus gets it later', async () => {
    const gates: ReturnType<typeof stalling>[] = [];
    await using service = await realService({
      packages: [{}],
      environment: { PREDICTION_LOG_TIMEOUT_MS: '20' },
      options: {
        async openBus(url) {
          gates.push(stalling(await openEventBus(url)));
          return gates[0]!.bus;
        },
      },
    });
    const ids: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      const { status, log, body } = await post(service, '/predict', grey(100 + i));
      expect([status, log]).toEqual([200, 'pending']);
      ids.push(body.id);
    }
    const refused = await post(service, '/predict', 'no image');
    expect([refused.status, refused.log]).toEqual([422, 'pending']);
    gates[0]!.open();
    await using events = await eventsOn(busOf(service));
    const made = await events.atLeast<Made>(6);
    expect(made.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/prediction_log_events_total\{outcome="pending"\} 6/);
    expect(metrics).toMatch(/prediction_log_events_total\{outcome="dropped"\} 0/);
  });

  it('does not keep a service from answering whose bus cannot be opened, and reaches the bus of the next start', async () => {
    const answers: unknown[] = [];
    const refuse = () => Promise.reject(new Error('the disk is elsewhere'));
    await using kept = await realService({ packages: [] });
    const outbox = join(kept.state, 'carried.db');
    {
      await using service = await realService({
        packages: [{}],
        environment: { PREDICTION_LOG_OUTBOX: outbox },
        options: { openBus: refuse },
      });
      const { status, log, body } = await post(service, '/predict', grey(9));
      expect([status, log]).toEqual([200, 'pending']);
      answers.push(body.id);
    }
    await using next = await realService({ packages: [{}], environment: { PREDICTION_LOG_OUTBOX: outbox } });
    await using events = await eventsOn(busOf(next));
    expect((await events.atLeast<Made>(1)).map(({ id }) => id)).toEqual(answers);
  });

  it('is on the bus when a service has stopped that does not wait for it', async () => {
    await using bus = await realService({ packages: [] });
    {
      const environment = { PREDICTION_LOG_DELIVERY: 'background', EVENT_BUS_URL: busOf(bus) };
      await using service = await realService({ packages: [{}], environment });
      const answers = Array.from({ length: 20 }, (_, i) => post(service, '/predict', grey(i)));
      expect(new Set((await Promise.all(answers)).map(({ log }) => log))).toEqual(new Set([null]));
    }
    await using events = await eventsOn(busOf(bus));
    expect(await events.atLeast<Made>(20)).toHaveLength(20);
  });

  it('is nothing where nothing shall be', async () => {
    await using service = await realService({
      packages: [{}],
      environment: { PREDICTION_LOG_DELIVERY: 'none' },
    });
    expect((await post(service, '/predict', grey(9))).status).toBe(200);
    expect((await post(service, '/feedback', '{}')).status).toBe(404);
    expect(readdirSync(service.state)).not.toContain('outbox.db');
    expect(await (await fetch(`${service.url}/metrics`)).text()).not.toContain('prediction_log_events_total');
  });

  it('is an image where that is asked for: one that the model was not sure of', async () => {
    await using service = await realService({
      packages: [{ minimumConfidence: 0.9 }],
      environment: { LOG_IMAGES: 'uncertain' },
    });
    await using events = await eventsOn(busOf(service));
    const [unsure, sure] = [grey(128), grey(255)];
    for (const image of [unsure, sure]) await post(service, '/predict', image);
    const made = await events.atLeast<Made>(2);
    const inputs = made.map(({ data }) => data.input as { sha256: string; stored?: true });
    expect(inputs.map(({ stored }) => stored)).toEqual([true, undefined]);
    const store = await openObjectStore(stateIn(service.state).OBJECT_STORE_URL);
    while ((await store.head(inputKey(inputs[0]!.sha256))) === undefined)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await store.get(inputKey(inputs[0]!.sha256))).content).toEqual(Buffer.from(unsure));
    expect(await store.head(inputKey(inputs[1]!.sha256))).toBeUndefined();
  });
});

describe('feedback', () => {
  it('is remembered for any prediction, and again when it is corrected', async () => {
    await using service = await realService({ packages: [{}] });
    await using events = await eventsOn(busOf(service), 'feedback');
    const { body } = await post(service, '/predict', grey(9));
    const json = { type: 'application/json' };
    const say = (content: object, path = '/feedback') => post(service, path, JSON.stringify(content), json);
    const stranger = uuidV7();
    const first = await say({ predictionId: body.id, label: 'bright' }, '/feedback?client=desk');
    expect(first).toMatchObject({ status: 202, log: null, body: { label: 'bright', model: 'tiny' } });
    expect((await say({ predictionId: body.id, label: 'dark', model: 'tiny' })).status).toBe(202);
    expect((await say({ predictionId: stranger, label: 'dark' })).status).toBe(202);
    const given = (await events.atLeast<Given>(3)).map(({ id, data }) => {
      expect(data.id).toBe(id);
      return [data.predictionId, data.label, data.client];
    });
    expect(given).toEqual([
      [body.id, 'bright', 'desk'],
      [body.id, 'dark', undefined],
      [stranger, 'dark', undefined],
    ]);
  });

  it.each<[string, number, string, string]>([
    ['a label that the model does not have', 422, 'unknown-label', '{"predictionId":"ID","label":"green"}'],
    [
      'a model that is not served',
      404,
      'unknown-model',
      '{"predictionId":"ID","label":"dark","model":"birds"}',
    ],
    ['an id that is none', 400, 'bad-request', '{"predictionId":"7","label":"dark"}'],
    ['a word too many', 400, 'bad-request', '{"predictionId":"ID","label":"dark","why":1}'],
    ['no JSON', 400, 'malformed-json', '{'],
  ])('with %s is refused', async (_, status, code, content) => {
    await using service = await realService({ packages: [{}] });
    const refused = await post(service, '/feedback', content.replace('ID', uuidV7()), {
      type: 'application/json',
    });
    expect(refused).toMatchObject({ status, body: { code } });
    if (code === 'unknown-label') expect(refused.body.detail).toContain('dark, bright');
  });
});
