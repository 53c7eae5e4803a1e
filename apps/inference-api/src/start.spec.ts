import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelDetails, modelList, prediction } from '@assay/schema';
import { makePng } from '@assay/testing';
import { realService } from './real-service.fixture.ts';

type Service = Awaited<ReturnType<typeof realService>>;

const grey = (level: number, side = 16) => makePng(side, side, [level, level, level]);

/** The tiny model's logits are ∓4 times the mean of the normalised pixels, (level / 255 - 0.5) / 0.5. */
const brightness = (level: number) => 1 / (1 + Math.exp(-8 * ((level / 255 - 0.5) / 0.5)));

async function post(
  service: Service,
  body: Uint8Array | string,
  options: { query?: string; type?: string } = {},
) {
  const { query = '', type = 'application/octet-stream' } = options;
  const request = { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body) };
  const response = await fetch(`${service.url}/predict${query}`, {
    ...request,
    headers: { 'content-type': type },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function get(service: Service, path: string) {
  const response = await fetch(service.url + path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

describe('the service over two models', () => {
  let service: Service;
  beforeAll(async () => {
    service = await realService({
      packages: [{}, { name: 'sums', version: '2.0.0', kind: 'tabular' }],
      environment: { MAX_INPUT_PIXELS: '10000' },
    });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it('is ready', async () => {
    expect(await get(service, '/ready')).toMatchObject({ status: 200, text: '{"status":"ready"}' });
  });

  it.each([
    [55, 'dark'],
    [200, 'bright'],
  ])('answers about a picture of grey %i: %s', async (level, label) => {
    const { status, body } = await post(service, grey(level));
    expect(status).toBe(200);
    const answer = prediction.parse(body);
    expect(answer.model).toEqual({ name: 'tiny', version: '1.0.0', variant: 'fp32' });
    expect(answer.prediction).toBe(label);
    expect(answer.probability).toBeCloseTo(brightness(level), 4);
    expect(answer.top).toHaveLength(2);
  });

  it('answers about a feature row', async () => {
    const features = JSON.stringify({ features: { height: 12, width: 0.5 } });
    const { body } = await post(service, features, { query: '?model=sums&top=1', type: 'application/json' });
    const answer = prediction.parse(body);
    expect(answer.prediction).toBe('large');
    expect(answer.top).toHaveLength(1);
  });

  it.each<[string, number, string, Uint8Array | string, { query?: string; type?: string }]>([
    ['a file that is no image', 422, 'unreadable-image', Buffer.from('no image at all'), {}],
    ['a truncated image', 422, 'unreadable-image', grey(55, 64).subarray(0, 60), {}],
    ['more pixels than allowed', 422, 'too-many-pixels', grey(55, 101), {}],
    [
      'a feature row for a model of images',
      422,
      'wrong-input-kind',
      '{"features":{}}',
      { type: 'application/json' },
    ],
    ['an image for a model of feature rows', 422, 'wrong-input-kind', grey(55), { query: '?model=sums' }],
    [
      'a feature row with a gap',
      422,
      'invalid-features',
      '{"features":{"height":1}}',
      { query: '?model=sums', type: 'application/json' },
    ],
  ])('answers %s with %i %s', async (_what, status, code, body, options) => {
    expect(await post(service, body, options)).toMatchObject({ status, body: { code, status } });
    expect((await post(service, grey(55))).status).toBe(200);
  });

  it('takes exactly as many pixels as allowed', async () => {
    expect((await post(service, grey(55, 100))).status).toBe(200);
  });

  it('lists its models', async () => {
    const { models } = modelList.parse(JSON.parse((await get(service, '/models')).text));
    expect(models).toMatchObject([
      { name: 'sums', version: '2.0.0', input: 'tabular', default: false },
      { name: 'tiny', version: '1.0.0', input: 'image', default: true, labels: ['dark', 'bright'] },
    ]);
  });

  it('tells of a model what the manifest says, and gives its card', async () => {
    const details = modelDetails.parse(JSON.parse((await get(service, '/models/tiny')).text));
    expect(details).toMatchObject({ name: 'tiny', metrics: { accuracy: 1 }, positiveLabel: 'bright' });
    expect(await get(service, '/models/tiny/card')).toMatchObject({
      status: 200,
      type: 'text/markdown; charset=utf-8',
      text: expect.stringMatching(/^# tiny\n/),
    });
    expect((await get(service, '/models/birds')).status).toBe(404);
    expect((await get(service, '/models/birds/card')).status).toBe(404);
  });

  it('documents what it serves', async () => {
    const { paths, components } = JSON.parse((await get(service, '/openapi.json')).text) as {
      paths: Record<string, object>;
      components: { schemas: object };
    };
    expect(Object.keys(paths)).toEqual([
      '/predict',
      '/predict/batch',
      '/explain',
      '/feedback',
      '/models',
      '/models/{name}',
      '/models/{name}/card',
      '/models/{name}/figures/{file}',
      '/models/{name}/versions',
      '/live',
      '/ready',
      '/metrics',
      '/openapi.json',
      '/docs',
      '/docs/{file}',
    ]);
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['Prediction', 'Features', 'ModelList', 'ModelDetails', 'Problem']),
    );
    expect((await get(service, '/docs')).status).toBe(200);
  });
});

describe('a service with a model that is not as it should be', () => {
  it('lives and says why it is not ready when a golden answer is wrong; the other models answer', async () => {
    await using service = await realService({ packages: [{}, { name: 'wrong', goldenFault: 1 }] });
    expect((await get(service, '/live')).status).toBe(200);
    const ready = await get(service, '/ready');
    expect(ready.status).toBe(503);
    expect(ready.text).toContain('model \\"wrong\\"');
    expect(await post(service, grey(55), { query: '?model=wrong' })).toMatchObject({
      status: 503,
      body: { code: 'not-ready' },
    });
    expect((await post(service, grey(55))).status).toBe(200);
  });

  it('names the file that was tampered with, and no path of this machine', async () => {
    await using service = await realService({
      packages: [{}],
      tamper: (registry) => appendFile(join(registry, 'tiny', '1.0.0', 'model.onnx'), 'x'),
    });
    const { status, text } = await get(service, '/ready');
    expect(status).toBe(503);
    expect(text).toContain('model.onnx');
    expect(text).not.toContain(service.folder);
  });

  it('is not ready over an empty registry', async () => {
    await using service = await realService({ packages: [] });
    expect(await get(service, '/ready')).toMatchObject({
      status: 503,
      text: expect.stringContaining('MODEL_REGISTRY'),
    });
    expect((await post(service, grey(55))).status).toBe(404);
  });
});
