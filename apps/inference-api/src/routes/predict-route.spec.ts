import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { AssayError, prediction } from '@assay/schema';
import { fakeAnswer, fakeResult, fakeService } from '../fake-service.fixture.ts';

type Body = NonNullable<NonNullable<Parameters<typeof fetch>[1]>['body']>;

const bytes = Buffer.from('the bytes of an image');

function form(...files: [field: string, content: Buffer][]): FormData {
  const data = new FormData();
  for (const [field, content] of files) data.append(field, new Blob([new Uint8Array(content)]), 'photo.jpg');
  return data;
}

async function post(url: string, body: Body | undefined, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', ...(body === undefined ? {} : { body }), headers });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

describe('POST /predict', () => {
  it.each(['/predict', '/predict/'])('takes one file of a form in any field at %s', async (path) => {
    await using service = await fakeService();
    const { response, body } = await post(service.url + path, form(['whatever', bytes]));
    expect(response.status).toBe(200);
    expect(prediction.parse(body)).toMatchObject(fakeAnswer);
    expect(body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(service.inputs).toEqual([{ bytes }]);
  });

  it.each(['image/jpeg', 'IMAGE/PNG; x=y', 'application/octet-stream', 'image/x-adobe-dng'])(
    'takes an image as the body, sent as %s',
    async (type) => {
      await using service = await fakeService();
      const { response } = await post(`${service.url}/predict`, bytes, { 'content-type': type });
      expect(response.status).toBe(200);
      expect(service.inputs).toEqual([{ bytes }]);
    },
  );

  it('takes a body without a content type for an image', async () => {
    await using service = await fakeService();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const options = {
        port: service.port,
        path: '/predict',
        method: 'POST',
        headers: { 'content-length': 21 },
      };
      httpRequest(options, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end(bytes);
    });
    expect(status).toBe(200);
    expect(service.inputs).toEqual([{ bytes }]);
  });

  it('takes a feature row as JSON', async () => {
    await using service = await fakeService();
    const json = { 'content-type': 'application/json; charset=utf-8' };
    await post(`${service.url}/predict`, '{"features": {"a": 1}}', json);
    expect(service.inputs).toEqual([{ features: { a: 1 } }]);
  });

  it('says where the time went', async () => {
    await using service = await fakeService();
    const { response } = await post(`${service.url}/predict`, form(['f', bytes]));
    expect(response.headers.get('server-timing')).toMatch(
      /^receive;dur=[\d.]+, decode;dur=1.00, preprocess;dur=2.00, queue;dur=3.00, inference;dur=4.00, postprocess;dur=5.00, total;dur=[\d.]+$/,
    );
  });

  it('asks for the five best labels unless told otherwise', async () => {
    const tops: unknown[] = [];
    await using service = await fakeService({
      classify: async (_input, options) => {
        tops.push(options?.top);
        return fakeResult;
      },
    });
    await post(`${service.url}/predict`, form(['f', bytes]));
    await post(`${service.url}/predict?top=2`, form(['f', bytes]));
    expect(tops).toEqual([5, 2]);
  });

  it('takes the model and the version by name', async () => {
    await using service = await fakeService();
    expect(
      (await post(`${service.url}/predict?model=fake&version=1`, form(['f', bytes]))).response.status,
    ).toBe(200);
  });

  const json = { 'content-type': 'application/json' };
  const octets = { 'content-type': 'application/octet-stream' };
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
  const textOnly = new FormData();
  textOnly.append('image', 'not a file');
  const large = Buffer.alloc(1001);

  it.each<[string, number, string, string, Body | undefined, Record<string, string>]>([
    ['no body', 400, 'no-file', '', undefined, {}],
    ['an empty body', 400, 'no-file', '', '', octets],
    ['an empty form', 400, 'no-file', '', '--x--\r\n', multipart],
    ['a form with only text', 400, 'no-file', '', textOnly, {}],
    ['an empty file', 400, 'no-file', '', form(['f', Buffer.alloc(0)]), {}],
    ['two files', 400, 'too-many-files', '', form(['f', bytes], ['g', bytes]), {}],
    ['a form that ends too early', 400, 'malformed-multipart', '', '--x\r\nContent-Dispo', multipart],
    [
      'a form without boundary',
      400,
      'malformed-multipart',
      '',
      'x',
      { 'content-type': 'multipart/form-data' },
    ],
    ['JSON that is none', 400, 'malformed-json', '', '{"features": ', json],
    ['an empty list of rows', 422, 'invalid-features', '', '[]', json],
    ['JSON that is no object', 422, 'invalid-features', '', '7', json],
    ['more rows than allowed', 413, 'batch-too-large', '', '[{}, {}, {}, {}, {}]', json],
    ['JSON null', 422, 'invalid-features', '', 'null', json],
    ['a file beyond the limit', 413, 'upload-too-large', '', form(['f', large]), {}],
    ['a body beyond the limit', 413, 'upload-too-large', '', large, octets],
    ['text', 415, 'unsupported-media-type', '', 'x', { 'content-type': 'text/plain' }],
    ['url-encoded fields', 415, 'unsupported-media-type', '', new URLSearchParams({ a: 'b' }), {}],
    [
      'another kind of multipart',
      415,
      'unsupported-media-type',
      '',
      'x',
      { 'content-type': 'multipart/mixed' },
    ],
    ['a compressed body', 415, 'unsupported-media-type', '', 'x', { ...octets, 'content-encoding': 'gzip' }],
    ['a type that is nonsense', 415, 'unsupported-media-type', '', 'x', { 'content-type': 'image/' }],
    ['an unknown model', 404, 'unknown-model', '?model=birds', bytes, octets],
    ['an unknown version', 404, 'unknown-version', '?version=2', bytes, octets],
    ['a top that is no number', 400, 'invalid-query', '?top=many', bytes, octets],
    ['a top of none', 400, 'invalid-query', '?top=0', bytes, octets],
    ['half a top', 400, 'invalid-query', '?top=1.5', bytes, octets],
    ['two models', 400, 'invalid-query', '?model=a&model=b', bytes, octets],
    ['an unknown parameter', 400, 'invalid-query', '?modle=a', bytes, octets],
  ])('answers %s with %i %s', async (_what, status, code, query, body, headers) => {
    await using service = await fakeService();
    const answer = await post(`${service.url}/predict${query}`, body, headers);
    expect(answer.body).toMatchObject({ status, code, type: `urn:assay:problem:${code}` });
    expect(answer.response.status).toBe(status);
    expect(answer.response.headers.get('content-type')).toMatch('application/problem+json');
    expect(await service.metrics.text()).toContain(`prediction_errors_total{code="${code}"} 1`);
    expect(service.inputs).toEqual([]);
    expect((await post(`${service.url}/predict`, form(['f', bytes]))).response.status).toBe(200);
  });

  it('says what there is where a model or a version is unknown', async () => {
    await using service = await fakeService();
    const model = await post(`${service.url}/predict?model=birds`, bytes, octets);
    expect(model.body).toMatchObject({
      models: ['fake'],
      detail: expect.stringContaining('this service has: fake'),
    });
    const version = await post(`${service.url}/predict?version=2`, bytes, octets);
    expect(version.body).toMatchObject({ versions: ['1'], detail: expect.stringContaining('"2"') });
  });

  it('takes a file of exactly the limit, in a form and as the body', async () => {
    await using service = await fakeService({ maxUploadBytes: 100 });
    const exact = Buffer.alloc(100, 1);
    expect((await post(`${service.url}/predict`, form(['f', exact]))).response.status).toBe(200);
    expect((await post(`${service.url}/predict`, exact, octets)).response.status).toBe(200);
    expect((await post(`${service.url}/predict`, form(['f', Buffer.alloc(101)]))).response.status).toBe(413);
  });

  it('answers 405 to another method, with what is allowed', async () => {
    await using service = await fakeService();
    const response = await fetch(`${service.url}/predict`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it.each(['multipart/form-data; boundary=x', 'application/octet-stream', 'application/json'])(
    'answers 413 to an upload without length or end as %s, and cuts it',
    async (type) => {
      await using service = await fakeService();
      let sent = 0;
      const outcome = await new Promise<{ status: number | undefined; code: unknown }>((resolve, reject) => {
        const headers = { 'content-type': type, 'transfer-encoding': 'chunked' };
        const request = httpRequest({ port: service.port, path: '/predict', method: 'POST', headers });
        const chunk = Buffer.alloc(16_384, 'x');
        const timer = setInterval(() => {
          sent += chunk.length;
          request.write(chunk);
        }, 1);
        request.on('response', (response) => {
          let text = '';
          response.on('data', (part: Buffer) => (text += part.toString()));
          response.on('end', () => {
            const answered = {
              status: response.statusCode,
              code: (JSON.parse(text) as { code: string }).code,
            };
            // The sender goes on; the service cuts it off.
            request.on('close', () => {
              clearInterval(timer);
              resolve(answered);
            });
          });
        });
        request.on('error', (error: NodeJS.ErrnoException) => {
          clearInterval(timer);
          if (!['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) reject(error);
        });
      });
      expect(outcome).toEqual({ status: 413, code: 'upload-too-large' });
      expect(sent).toBeGreaterThan(1000);
      expect((await post(`${service.url}/predict`, bytes, octets)).response.status).toBe(200);
    },
  );

  it('answers 429 with Retry-After where the model takes no more', async () => {
    await using service = await fakeService({
      classify: async () => {
        throw new AssayError('overloaded', 'Full.');
      },
    });
    const { response, body } = await post(`${service.url}/predict`, bytes, octets);
    expect(body).toMatchObject({ status: 429, code: 'overloaded' });
    expect(response.headers.get('retry-after')).toBe('1');
  });

  it('cancels the work of a caller who goes away, and logs no error', async () => {
    let begun = () => {};
    const busy = new Promise<void>((resolve) => (begun = resolve));
    let cancelled = () => {};
    const stopped = new Promise<void>((resolve) => (cancelled = resolve));
    await using service = await fakeService({
      classify: (_input, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => {
            reject(options.signal?.reason as Error);
            cancelled();
          });
          begun();
        }),
    });
    const leaving = new AbortController();
    const sent = fetch(`${service.url}/predict`, {
      method: 'POST',
      body: bytes,
      headers: octets,
      signal: leaving.signal,
    });
    sent.catch(() => {});
    await busy;
    leaving.abort();
    await stopped;
    await delay(1);
    expect(await service.metrics.text()).toContain(
      'prediction_requests_total{model="fake",outcome="cancelled"} 1',
    );
    expect(service.lines.join('')).not.toContain('ERROR');
    await expect(sent).rejects.toThrow();
  });

  it('survives a caller who goes away in the middle of the upload', async () => {
    await using service = await fakeService();
    await new Promise<void>((resolve) => {
      const headers = { 'content-type': 'application/octet-stream', 'content-length': 500 };
      const request = httpRequest({ port: service.port, path: '/predict', method: 'POST', headers });
      request.on('error', () => resolve());
      request.write(Buffer.alloc(100), () => request.destroy(new Error('gone')));
    });
    expect((await post(`${service.url}/predict`, bytes, octets)).response.status).toBe(200);
    expect(service.inputs).toHaveLength(1);
    expect(service.lines.join('')).not.toContain('ERROR');
  });

  it('tells nothing of its own faults, and goes on', async () => {
    let calls = 0;
    await using service = await fakeService({
      classify: async () => {
        calls += 1;
        if (calls === 1) throw new Error('secret at /srv');
        return fakeResult;
      },
    });
    const failed = await post(`${service.url}/predict`, bytes, octets);
    expect(failed.body).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(failed.body)).not.toContain('secret');
    expect((await post(`${service.url}/predict`, bytes, octets)).response.status).toBe(200);
    expect(await service.metrics.text()).toContain(
      'prediction_requests_total{model="fake",outcome="failed"} 1',
    );
  });

  it('counts requests, stages, durations and sizes; logs nothing of the image', async () => {
    await using service = await fakeService();
    await post(`${service.url}/predict`, form(['f', bytes]));
    const text = await service.metrics.text();
    expect(text).toContain('prediction_requests_total{model="fake",outcome="answered"} 1');
    expect(text).toContain('prediction_duration_seconds_count 1');
    expect(text).toContain('prediction_stage_seconds_sum{stage="inference"} 0.004');
    expect(text).toContain('image_size_bytes_sum 21');
    expect(text).toContain('prediction_queue_depth 3');
    expect(service.lines).toHaveLength(1);
    expect(service.lines[0]).not.toContain('bytes of an image');
    expect(service.lines[0]).not.toContain('photo.jpg');
  });
});
