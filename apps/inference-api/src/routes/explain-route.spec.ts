import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  explanation,
  type ContributionsExplanation,
  type MapExplanation,
  type Prediction,
} from '@assay/schema';
import { makePng, TINY_GAIN } from '@assay/testing';
import { realService } from '../real-service.fixture.ts';

type Body = NonNullable<NonNullable<Parameters<typeof fetch>[1]>['body']>;

/** Dark on the left, bright on the right; 16 × 8, so that each column of the model's 8 × 8 view is two wide. */
const halves = makePng(16, 8, (x) => (x < 8 ? [0, 0, 0] : [255, 255, 255]));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Width and height of a PNG file. */
function pngSize(bytes: Uint8Array): [number, number] {
  const file = Buffer.from(bytes);
  expect(file.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
}

describe('explanations over HTTP', () => {
  let service: Awaited<ReturnType<typeof realService>>;

  beforeAll(async () => {
    service = await realService({ packages: [{}, { name: 'tiny-table', kind: 'tabular' }] });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const post = async (path: string, body: Body, headers: Record<string, string> = {}) =>
    fetch(service.url + path, { method: 'POST', body, headers });
  const problemOf = async (path: string, body: Body = halves) => {
    const response = await post(path, body);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    return { status: response.status, ...((await response.json()) as { code: string; detail: string }) };
  };

  it.each(['cam', 'occlusion', 'rise'] as const)('answers with a map of %s', async (method) => {
    const response = await post(`/predict?explain=${method}`, halves);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as Prediction;
    const map = explanation.parse(answer.explanation) as MapExplanation;
    expect(map).toMatchObject({ method, label: answer.prediction });
    expect(map.against).toBe(answer.prediction === 'dark' ? 'bright' : 'dark');
    const [png = ''] = map.overlay.split(',').slice(1);
    expect(map.overlay).toMatch(/^data:image\/png;base64,/);
    expect(pngSize(Buffer.from(png, 'base64'))).toEqual([16, 8]);
    // The half that is of the label's brightness speaks for it, the other half against it.
    const sign = answer.prediction === 'bright' ? 1 : -1;
    const columns = map.grid[0]!.length;
    const mean = (from: number, to: number) => sum(map.grid.flatMap((row) => row.slice(from, to)));
    expect(sign * mean(columns / 2, columns)).toBeGreaterThan(sign * mean(0, columns / 2));
    expect(response.headers.get('server-timing')).toMatch(/explain;dur=/);
  });

  it('gives maps of cam whose numbers and remainder are the score', async () => {
    const bright = makePng(16, 8, [204, 204, 204]);
    const { explanation: why } = (await (await post('/predict?explain=cam', bright)).json()) as Prediction;
    const map = why as MapExplanation;
    expect(map.score).toBeCloseTo(2 * TINY_GAIN * 0.6, 4);
    expect(sum(map.grid.flat()) + map.remainder!).toBeCloseTo(map.score, 6);
    expect(map.remainder).toBeCloseTo(0, 4);
    expect(map.unit).toBe('logit');
  });

  it('answers named numbers with contributions that sum to the probability', async () => {
    const response = await post(
      '/predict?model=tiny-table&explain=contributions',
      JSON.stringify({ features: { height: 10.5, width: 0.25 } }),
      { 'content-type': 'application/json' },
    );
    expect(response.status).toBe(200);
    const answer = (await response.json()) as Prediction;
    const why = explanation.parse(answer.explanation) as ContributionsExplanation;
    expect(why).toMatchObject({ method: 'contributions', label: 'large', exact: true });
    expect(why.baseline).toBeCloseTo(0.5, 6);
    expect(why.score).toBeCloseTo(answer.probability, 6);
    expect(sum([why.baseline, ...why.contributions.map((one) => one.contribution)])).toBeCloseTo(
      why.score,
      6,
    );
    // Both features are a quarter of a deviation above their means, and count alike.
    expect(why.contributions[0]!.contribution).toBeCloseTo(why.contributions[1]!.contribution, 5);
    expect(new Map(why.contributions.map((one) => [one.feature, one.value])).get('height')).toBeCloseTo(
      10.5,
      5,
    );
  });

  it('leaves the answer as it is where nothing is asked', async () => {
    const plain = (await (await post('/predict', halves)).json()) as Prediction;
    const explained = (await (await post('/predict?explain=cam', halves)).json()) as Prediction;
    expect(plain).not.toHaveProperty('explanation');
    expect({ ...explained, id: '', explanation: undefined }).toEqual({
      ...plain,
      id: '',
      explanation: undefined,
    });
  });

  it('streams the picture, with the prediction in a header', async () => {
    const response = await post('/explain?label=dark', halves);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/png');
    const header = JSON.parse(response.headers.get('assay-prediction')!) as Record<string, unknown>;
    expect(header).toMatchObject({ method: 'cam', label: 'dark' });
    expect(['dark', 'bright']).toContain(header.prediction);
    expect(pngSize(await response.bytes())).toEqual([16, 8]);
  });

  it.each([
    ['/predict?explain=saliency', 'cam'],
    ['/explain?method=contributions', 'occlusion'],
    ['/explain?label=grey', 'dark, bright'],
    ['/predict?explain=contributions', 'cam, occlusion, rise'],
    ['/predict?model=tiny-table&explain=cam', 'contributions'],
  ])('refuses %s and says what there is', async (path, there) => {
    const problem = await problemOf(path);
    expect(problem).toMatchObject({ status: 400, code: 'invalid-query' });
    expect(problem.detail).toContain(there);
  });

  it('refuses a picture of named numbers', async () => {
    const response = await post(
      '/explain?model=tiny-table',
      JSON.stringify({ features: { height: 1, width: 1 } }),
      {
        'content-type': 'application/json',
      },
    );
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'wrong-input-kind' });
  });

  it('documents both routes', async () => {
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, { post: { parameters: { name: string }[]; responses: Record<string, object> } }>;
    };
    const names = (path: string) => document.paths[path]!.post.parameters.map(({ name }) => name);
    expect(names('/predict')).toContain('explain');
    expect(names('/explain')).toEqual(['model', 'version', 'client', 'method', 'label']);
    expect(document.paths['/explain']!.post.responses['200']).toMatchObject({ content: { 'image/png': {} } });
  });
});
