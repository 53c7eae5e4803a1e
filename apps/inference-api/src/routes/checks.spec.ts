import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prediction, predictionList, type Prediction } from '@assay/schema';
import { changePixel, makePng, makeTestSigner, signImage, textChunk, withChunks } from '@assay/testing';
import { createChecks, trustAnchorsIn } from '../checks.ts';
import { readConfig } from '../config.ts';
import { realService } from '../real-service.fixture.ts';
import { start } from '../start.ts';

type Body = NonNullable<NonNullable<Parameters<typeof fetch>[1]>['body']>;

const photo = makePng(16, 16, [200, 190, 210]);
const signer = makeTestSigner({ name: 'A camera' });
const grades = ({ evidence }: Prediction) => evidence?.findings.map(({ kind, grade }) => `${kind} ${grade}`);

describe('what can be asked for beside a prediction', () => {
  let service: Awaited<ReturnType<typeof realService>>;
  let signed: Buffer;

  beforeAll(async () => {
    signed = await signImage(photo, { format: 'png', signer });
    service = await realService({ packages: [{}, { name: 'tiny-table', kind: 'tabular' }] });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const post = async (path: string, body: Body, headers: Record<string, string> = {}) =>
    fetch(service.url + path, { method: 'POST', body, headers });
  const answerTo = async (path: string, body: Body) => {
    const response = await post(path, body);
    expect(response.status).toBe(200);
    return {
      answer: prediction.parse(await response.json()),
      timing: response.headers.get('server-timing') ?? '',
    };
  };
  const form = (files: Readonly<Record<string, Uint8Array>>) => {
    const data = new FormData();
    for (const [name, content] of Object.entries(files))
      data.append('images', new Blob([new Uint8Array(content)]), name);
    return data;
  };
  const scoreOf = ({ id: _, evidence: __, stability: ___, ...score }: Prediction) => score;

  it('is nothing unless it is asked for', async () => {
    const { answer, timing } = await answerTo('/predict', signed);
    expect(answer).not.toHaveProperty('evidence');
    expect(answer).not.toHaveProperty('stability');
    expect(timing).not.toMatch(/evidence|stability/);
  });

  it('evidence says of a signed file that it is intact, and of one changed since that it is tampered with', async () => {
    const { answer, timing } = await answerTo('/predict?evidence=true', signed);
    expect(grades(answer)).toEqual(['c2pa intact']);
    expect(timing).toMatch(/evidence;dur=/);
    expect(grades((await answerTo('/predict?evidence=true', changePixel(signed))).answer)).toEqual([
      'c2pa tampered',
    ]);
  });

  it('evidence never moves the score, whatever a file claims', async () => {
    const claiming = withChunks(
      photo,
      textChunk('parameters', 'a cat\nSteps: 20'),
      textChunk('Software', 'DALL·E'),
    );
    const plain = scoreOf((await answerTo('/predict', photo)).answer);
    for (const file of [claiming, signed]) {
      for (const query of ['', '?evidence=true', '?evidence=true&stability=true'])
        expect(scoreOf((await answerTo(`/predict${query}`, file)).answer)).toEqual(plain);
    }
    expect(grades((await answerTo('/predict?evidence=true', claiming)).answer)).toEqual([
      'generator declared',
    ]);
  });

  it('stability gives the score under twelve changes', async () => {
    const { answer, timing } = await answerTo('/predict?stability=true', photo);
    expect(answer.stability).toMatchObject({ of: 'bright', probability: answer.probability, stable: true });
    expect(answer.stability?.rows).toHaveLength(12);
    expect(timing).toMatch(/stability;dur=/);
  });

  it('comes with each image of a batch', async () => {
    const files = { 'signed.png': signed, 'broken.png': Buffer.from('no image'), 'plain.png': photo };
    const response = await post('/predict/batch?evidence=true&stability=true', form(files));
    const { results } = predictionList.parse(await response.json());
    const [first, second, third] = results;
    expect(first).toMatchObject({
      evidence: { findings: [{ grade: 'intact' }] },
      stability: { stable: true },
    });
    expect(second).toMatchObject({ problem: { code: 'unreadable-image' } });
    expect(third).toMatchObject({ evidence: { findings: [] }, stability: { of: 'bright' } });
  });

  it.each([
    [
      '/predict?model=tiny-table&evidence=true',
      'Expected "evidence" only with a model of images; "tiny-table"',
    ],
    ['/predict?model=tiny-table&stability=true', 'Expected "stability" only'],
    [
      '/predict/batch?model=tiny-table&evidence=true&stability=true',
      'Expected "evidence" and "stability" only',
    ],
    ['/predict?evidence=yes', 'evidence'],
  ])('is refused by %s', async (path, detail) => {
    const response = await post(path, JSON.stringify({ features: { height: 10, width: 0 } }), {
      'content-type': 'application/json',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid-query',
      detail: expect.stringContaining(detail),
    });
  });

  it('is in the OpenAPI document', async () => {
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, { post: { parameters: { name: string; schema: object }[] } }>;
    };
    for (const path of ['/predict', '/predict/batch'])
      for (const name of ['evidence', 'stability'])
        expect(document.paths[path]?.post.parameters.find((one) => one.name === name)).toMatchObject({
          in: 'query',
          schema: { enum: ['true', 'false'], default: 'false' },
        });
  });

  it('trusts whom the operator trusts', async () => {
    const anchors = join(service.state, 'anchors.pem');
    await writeFile(anchors, signer.anchor);
    const { evidence } = createChecks(await trustAnchorsIn(anchors));
    expect((await evidence(signed)).findings).toMatchObject([
      { grade: 'trusted', signer: { name: 'A camera' } },
    ]);
    await using trusting = await realService({
      packages: [{}],
      environment: { C2PA_TRUST_ANCHORS: anchors },
    });
    const response = await fetch(`${trusting.url}/predict?evidence=true`, {
      method: 'POST',
      body: new Uint8Array(signed),
    });
    expect(grades((await response.json()) as Prediction)).toEqual(['c2pa trusted']);
  });

  it('does not start with anchors that are not there', async () => {
    const config = readConfig({ C2PA_TRUST_ANCHORS: join(service.state, 'gone.pem'), LOG_LEVEL: 'silent' });
    await expect(start(config)).rejects.toMatchObject({ code: 'invalid-configuration' });
  });

  it('is not loaded before it is asked for', () => {
    const code = `
      const loaded = [];
      const load = (url, context, next) => (loaded.push(url), next(url, context));
      process.getBuiltinModule('node:module').registerHooks({ load });
      await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../start.ts')).href)});
      console.log(loaded.length, loaded.filter((url) => /libs.provenance|exifreader|xmldom|c2pa/.test(url)).length);
      process.exit();`;
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
    const [modules, further] = run.stdout.trim().split(' ').map(Number);
    expect(modules).toBeGreaterThan(100);
    expect(further).toBe(0);
  });
});
