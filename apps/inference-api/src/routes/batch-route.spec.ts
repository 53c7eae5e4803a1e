import { describe, expect, it } from '@jest/globals';
import { AssayError, predictionList } from '@assay/schema';
import { makePng } from '@assay/testing';
import { fakeResult, fakeService } from '../fake-service.fixture.ts';
import { realService } from '../real-service.fixture.ts';

type Body = NonNullable<NonNullable<Parameters<typeof fetch>[1]>['body']>;

const json = { 'content-type': 'application/json' };

function form(files: Readonly<Record<string, Buffer>>): FormData {
  const data = new FormData();
  for (const [name, content] of Object.entries(files))
    data.append('images', new Blob([new Uint8Array(content)]), name);
  return data;
}

async function post(url: string, body: Body, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const brief = (results: ReturnType<typeof predictionList.parse>['results']) =>
  results.map((result) => ('problem' in result ? result.problem.code : result.prediction));

describe('POST /predict/batch', () => {
  it('answers each file in its order; one that fails does not fail the others', async () => {
    await using service = await realService({ packages: [{}] });
    const grey = (level: number) => makePng(16, 16, [level, level, level]);
    const files = {
      'a.png': grey(200),
      'b.png': Buffer.from('no image'),
      'c.png': grey(55),
      'd.png': Buffer.alloc(0),
    };
    const { status, body } = await post(`${service.url}/predict/batch`, form(files));
    expect(status).toBe(200);
    const list = predictionList.parse(body);
    expect(brief(list.results)).toEqual(['bright', 'unreadable-image', 'dark', 'no-file']);
    expect(list.results.map(({ index, file }) => [index, file])).toEqual([
      [0, 'a.png'],
      [1, 'b.png'],
      [2, 'c.png'],
      [3, 'd.png'],
    ]);
    expect([list.answered, list.refused]).toEqual([2, 2]);
    expect(new Set(list.results.map((result) => ('id' in result ? result.id : result.index))).size).toBe(4);
  });

  it.each(['/predict/batch', '/predict'])(
    'answers a list of rows at %s, naming each fault by its index',
    async (path) => {
      await using service = await realService({ packages: [{ name: 'sums', kind: 'tabular' }] });
      const rows = [{ height: 12, width: 0.5 }, { height: 12 }, { features: { height: 8, width: -0.5 } }, 7];
      for (const body of [rows, { rows }]) {
        const answer = await post(`${service.url}${path}?model=sums&top=1`, JSON.stringify(body), json);
        expect(answer.status).toBe(200);
        const { results } = predictionList.parse(answer.body);
        expect(brief(results)).toEqual(['large', 'invalid-features', 'small', 'invalid-features']);
        expect(results[0]).toMatchObject({ index: 0, model: { name: 'sums' }, top: [{ label: 'large' }] });
        expect(results[1]).toMatchObject({
          index: 1,
          problem: { status: 422, detail: expect.stringContaining('missing: width') },
        });
      }
    },
  );

  it('answers a bare object of features as one row', async () => {
    await using service = await realService({ packages: [{ name: 'sums', kind: 'tabular' }] });
    const row = '{ "height": 12, "width": 0.5 }';
    expect((await post(`${service.url}/predict?model=sums`, row, json)).body).toMatchObject({
      prediction: 'large',
    });
    const { body } = await post(`${service.url}/predict/batch?model=sums`, row, json);
    expect(brief(predictionList.parse(body).results)).toEqual(['large']);
  });

  it('explains one row at a time', async () => {
    await using service = await realService({ packages: [{ name: 'sums', kind: 'tabular' }] });
    const url = `${service.url}/predict?model=sums&explain=contributions`;
    const { status, body } = await post(url, '[{ "height": 12, "width": 0.5 }, {}]', json);
    expect([status, body.code]).toEqual([400, 'invalid-query']);
    expect(body.detail).toContain('received 2');
  });

  it.each<[string, number, string, string, Body, Record<string, string>]>([
    [
      'more files than allowed',
      413,
      'batch-too-large',
      '',
      form(Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`${n}`, Buffer.from('x')]))),
      {},
    ],
    ['more rows than allowed', 413, 'batch-too-large', '', '[{}, {}, {}, {}, {}]', json],
    ['more bytes than allowed', 413, 'upload-too-large', '', form({ a: Buffer.alloc(3001) }), {}],
    ['a form without files', 400, 'no-file', '', form({}), {}],
    ['an empty list', 422, 'invalid-features', '', '{"rows": []}', json],
    ['a single image as the body', 415, 'unsupported-media-type', '', 'x', { 'content-type': 'image/png' }],
    ['an unknown model', 404, 'unknown-model', '?model=birds', '[{}]', json],
    ['a wish to be explained', 400, 'invalid-query', '?explain=cam', '[{}]', json],
  ])('refuses %s with %i %s as a whole', async (_what, status, code, query, body, headers) => {
    await using service = await fakeService();
    const answer = await post(`${service.url}/predict/batch${query}`, body, headers);
    expect(answer.body).toMatchObject({ status, code });
    expect(service.inputs).toEqual([]);
    expect(await service.metrics.text()).toContain(`prediction_errors_total{code="${code}"} 1`);
  });

  it('counts each input, and refuses one that is too large by itself', async () => {
    await using service = await fakeService();
    const { body } = await post(
      `${service.url}/predict/batch`,
      form({ a: Buffer.alloc(10, 1), b: Buffer.alloc(1001, 1), c: Buffer.alloc(10, 1) }),
    );
    expect(brief(predictionList.parse(body).results)).toEqual(['a', 'upload-too-large', 'a']);
    const text = await service.metrics.text();
    expect(text).toContain('prediction_requests_total{model="fake",outcome="answered"} 2');
    expect(text).toContain('prediction_requests_total{model="fake",outcome="refused"} 1');
    expect(text).toContain('prediction_errors_total{code="upload-too-large"} 1');
    expect(text).toContain('image_size_bytes_count 2');
    expect(text).toContain('prediction_stage_seconds_count{stage="inference"} 2');
  });

  it('works on few inputs at once, logs faults of ours and tells nothing of them', async () => {
    let active = 0;
    let most = 0;
    let calls = 0;
    await using service = await fakeService({
      classify: async () => {
        most = Math.max(most, ++active);
        await new Promise((resolve) => setImmediate(resolve));
        active--;
        calls++;
        if (calls === 1) throw new Error('secret at /srv');
        if (calls === 2) throw new AssayError('overloaded', 'Full.');
        return fakeResult;
      },
    });
    const { body } = await post(`${service.url}/predict/batch`, '[{}, {}, {}, {}]', json);
    expect(brief(predictionList.parse(body).results)).toEqual(['internal', 'overloaded', 'a', 'a']);
    expect(most).toBeLessThanOrEqual(4);
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(service.lines.filter((line) => line.includes('secret at /srv'))).toHaveLength(1);
  });

  it('stops where the caller goes away', async () => {
    let begun = () => {};
    const busy = new Promise<void>((resolve) => (begun = resolve));
    let calls = 0;
    await using service = await fakeService({
      classify: (_input, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error));
          if (++calls === 4) begun();
        }),
    });
    const leaving = new AbortController();
    const sent = fetch(`${service.url}/predict/batch`, {
      method: 'POST',
      body: '[{}, {}, {}, {}]',
      headers: json,
      signal: leaving.signal,
    });
    sent.catch(() => {});
    await busy;
    leaving.abort();
    await expect(sent).rejects.toThrow();
    while (!(await service.metrics.text()).includes('outcome="cancelled"'))
      await new Promise((resolve) => setImmediate(resolve));
    expect(service.lines.join('')).not.toContain('ERROR');
  });
});
