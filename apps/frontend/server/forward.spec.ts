import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProblemDocument } from '@assay/schema';
import { describe, expect, it } from '@jest/globals';
import { frontend, listening } from './frontend.fixture.ts';

const answer = (message: IncomingMessage) => ({
  method: message.method,
  url: message.url,
  headers: message.headers,
});

describe('what is forwarded', () => {
  it('reaches the service with method, address, body and headers, and comes back as it was', async () => {
    await using service = await listening((asked, response) => {
      response.writeHead(202, { 'content-type': 'application/json', 'server-timing': 'inference;dur=7' });
      void text(asked).then((body) => response.end(JSON.stringify({ ...answer(asked), body })));
    });
    await using server = await frontend({ INFERENCE_URL: `${service.url}/below/` });
    const response = await fetch(`${server.url}/api/inference/predict?model=a%20b&x=%2F`, {
      method: 'POST',
      body: 'picture',
      headers: {
        'content-type': 'application/octet-stream',
        'x-request-id': 'mine',
        cookie: 'secret=1',
        authorization: 'Basic x',
      },
    });
    expect(response.status).toBe(202);
    expect(response.headers.get('server-timing')).toBe('inference;dur=7');
    const seen = (await response.json()) as ReturnType<typeof answer> & { body: string };
    expect(seen).toMatchObject({ method: 'POST', url: '/below/predict?model=a%20b&x=%2F', body: 'picture' });
    expect(seen.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-request-id': 'mine',
    });
    expect(seen.headers).not.toHaveProperty('cookie');
    expect(seen.headers).not.toHaveProperty('authorization');
  });

  it('goes to the one service or the other', async () => {
    await using inference = await listening((_asked, response) => response.end('inference'));
    await using drift = await listening((_asked, response) => response.end('drift'));
    await using server = await frontend({ INFERENCE_URL: inference.url, DRIFT_URL: drift.url });
    expect(await (await fetch(`${server.url}/api/inference/models`)).text()).toBe('inference');
    expect(await (await fetch(`${server.url}/api/drift/predictions`)).text()).toBe('drift');
    expect((await fetch(`${server.url}/api/other`)).status).toBe(404);
  });

  it('is passed on while it is still being sent: the service has the first part before the last is there', async () => {
    const arrived = Promise.withResolvers<string>();
    await using service = await listening((asked, response) => {
      asked.once('data', (part: Buffer) => arrived.resolve(part.toString()));
      asked.once('end', () => response.end('whole'));
    });
    await using server = await frontend({ INFERENCE_URL: service.url });
    const upload = request(`${server.url}/api/inference/predict`, { method: 'POST' });
    const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
    upload.write('first');
    expect(await arrived.promise).toBe('first');
    upload.end('last');
    expect(await text((await answered)[0])).toBe('whole');
  });

  it('arrives unchanged however large it is', async () => {
    await using service = await listening((asked, response) => {
      const hash = createHash('sha256');
      asked
        .on('data', (part: Buffer) => hash.update(part))
        .once('end', () => response.end(hash.digest('hex')));
    });
    await using server = await frontend({ INFERENCE_URL: service.url });
    const body = randomBytes(2 ** 21);
    const response = await fetch(`${server.url}/api/inference/predict`, { method: 'POST', body });
    expect(await response.text()).toBe(createHash('sha256').update(body).digest('hex'));
  });

  it('comes back event by event, and ends at the service when the listener goes', async () => {
    const gone = Promise.withResolvers<boolean>();
    await using service = await listening((_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
      response.once('close', () => gone.resolve(true));
    });
    await using server = await frontend({ DRIFT_URL: service.url });
    const leaving = new AbortController();
    const response = await fetch(`${server.url}/api/drift/predictions/stream`, {
      headers: { 'accept-encoding': 'gzip, br' },
      signal: leaving.signal,
    });
    const { value = [] } = await response.body!.getReader().read();
    expect(Buffer.from(value).toString()).toBe('data: one\n\n');
    leaving.abort();
    expect(await gone.promise).toBe(true);
  });

  it('is compressed on the way back where it is data', async () => {
    await using service = await listening((_asked, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(Array.from({ length: 500 }, () => 'the same again')));
    });
    await using server = await frontend({ INFERENCE_URL: service.url });
    const response = await fetch(`${server.url}/api/inference/models`, {
      headers: { 'accept-encoding': 'br' },
    });
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(await response.json()).toHaveLength(500);
  });
});

describe('a service that is away', () => {
  it('is a problem that says what to do', async () => {
    await using server = await frontend({ INFERENCE_URL: 'http://127.0.0.1:9' });
    const response = await fetch(`${server.url}/api/inference/models`);
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect(response.headers.get('retry-after')).toBe('1');
    const problem = (await response.json()) as ProblemDocument;
    expect(problem.code).toBe('service-unreachable');
    expect(problem.detail).toMatch(/inference-api cannot be reached.*Try again in a few seconds/);
  });

  it('leaves the page up, and ready', async () => {
    await using server = await frontend({
      INFERENCE_URL: 'http://127.0.0.1:9',
      DRIFT_URL: 'http://127.0.0.1:9',
    });
    expect((await fetch(server.url)).status).toBe(200);
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  });

  it('is told of as silent when its answer does not begin in time', async () => {
    await using service = await listening(() => {});
    await using server = await frontend({ INFERENCE_URL: service.url, SERVICE_TIMEOUT_SECONDS: '1' });
    const response = await fetch(`${server.url}/api/inference/models`);
    expect(response.status).toBe(504);
    expect(((await response.json()) as ProblemDocument).detail).toMatch(/said nothing for 1 s/);
  });

  it('does not look like a whole answer when it breaks off', async () => {
    await using service = await listening((_asked, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"half":');
      void delay(50).then(() => response.destroy());
    });
    await using server = await frontend({ INFERENCE_URL: service.url });
    const response = await fetch(`${server.url}/api/inference/models`);
    await expect(response.text()).rejects.toThrow();
  });
});

describe('what is not forwarded', () => {
  it.each(['metrics', 'metrics/', 'metrics?x', 'METRICS', 'events/predictions'])('%s', async (path) => {
    let wasAsked = false;
    await using service = await listening((_asked, response) => {
      wasAsked = true;
      response.end();
    });
    await using server = await frontend({ DRIFT_URL: service.url });
    expect((await fetch(`${server.url}/api/drift/${path}`)).status).toBe(404);
    expect(wasAsked).toBe(false);
  });

  it('what another site sends in the name of a visitor', async () => {
    await using service = await listening((_asked, response) => response.end());
    await using server = await frontend({ INFERENCE_URL: service.url });
    const ask = (site: string) =>
      fetch(`${server.url}/api/inference/feedback`, { method: 'POST', headers: { 'sec-fetch-site': site } });
    expect((await ask('cross-site')).status).toBe(403);
    expect((await ask('same-origin')).status).toBe(200);
  });
});
