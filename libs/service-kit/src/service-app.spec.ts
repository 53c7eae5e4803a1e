import { describe, expect, it } from '@jest/globals';
import { AssayError } from '@assay/schema';
import type { Express } from 'express';
import supertest from 'supertest';
import { z } from 'zod';
import { createHealth } from './health.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { defineRoute } from './route.ts';
import { createServiceApp } from './service-app.ts';

const thing = z.strictObject({ name: z.string(), size: z.int() });

const routes = [
  defineRoute({
    method: 'get',
    path: '/things/{name}',
    operationId: 'thing',
    tag: 'things',
    summary: 'A thing',
    params: { name: z.string() },
    query: { size: z.coerce.number({ error: 'expected a number' }).int().default(1).describe('How large') },
    responses: {
      200: { description: 'It', content: { 'application/json': { schema: thing, name: 'Thing' } } },
    },
    problems: ['not-found'],
    handle({ params, query, response }) {
      if (params.name === 'broken') throw new Error('secret /srv/path');
      if (params.name === 'busy') throw new AssayError('overloaded', 'Busy.');
      if (params.name === 'half') {
        response.write('{"na');
        throw new Error('in the middle');
      }
      response.json({ name: params.name, size: query.size });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/things',
    operationId: 'make',
    tag: 'things',
    summary: 'Makes a thing',
    body: { 'application/json': { schema: thing, name: 'Thing' } },
    responses: { 204: { description: 'Made' } },
    handle({ response }) {
      response.status(204).end();
    },
  }),
];

function setUp() {
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  };
  const health = createHealth();
  const app = createServiceApp({
    info: { title: 'Things', version: '1.2.3', description: 'Things.' },
    logger: createLogger({ service: 'things', level: 'info', project: 'p', destination }),
    health,
    metrics: createMetrics({ process: false }),
    routes,
  });
  return { app, health, lines, client: supertest(app) };
}

/** Method and path of everything that is registered, in OpenAPI's notation; `all` layers (405) have no method. */
function registered(app: Express): string[] {
  return app.router.stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : (route.stack as { method?: string }[])
          .filter((layer) => layer.method !== undefined)
          .map((layer) => `${layer.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`),
  );
}

describe('a service app', () => {
  it('gives handlers checked parameters', async () => {
    const { client } = setUp();
    expect((await client.get('/things/cup?size=3').expect(200)).body).toEqual({ name: 'cup', size: 3 });
    expect((await client.get('/things/cup').expect(200)).body).toEqual({ name: 'cup', size: 1 });
  });

  it('refuses a parameter that is not valid and one that is not known, naming it', async () => {
    const { client } = setUp();
    const wrong = await client.get('/things/cup?size=big').expect(400);
    expect(wrong.type).toBe('application/problem+json');
    expect(wrong.body).toMatchObject({ code: 'invalid-query', detail: '"size": expected a number.' });
    const unknown = await client.get('/things/cup?sise=3').expect(400);
    expect(unknown.body.detail).toBe('"sise" is not known here; known: size.');
  });

  it('answers 404 with what there is', async () => {
    const { client } = setUp();
    const { body } = await client.get('/thing').expect(404);
    expect(body).toMatchObject({ type: 'urn:assay:problem:not-found', status: 404, code: 'not-found' });
    expect(body.detail).toContain('POST /things');
  });

  it('answers 405 with what is allowed, and OPTIONS with the same', async () => {
    const { client } = setUp();
    const refused = await client.delete('/things/cup').expect(405);
    expect(refused.headers.allow).toBe('GET, HEAD');
    expect(refused.body).toMatchObject({ code: 'method-not-allowed', allow: ['GET', 'HEAD'] });
    expect((await client.get('/things').expect(405)).headers.allow).toBe('POST');
    expect((await client.options('/things').expect(204)).headers.allow).toBe('POST');
    await client.head('/things/cup').expect(200);
  });

  it('answers 400 to an address that cannot be decoded', async () => {
    const { client } = setUp();
    expect((await client.get('/things/%zz').expect(400)).body.code).toBe('bad-request');
  });

  it('hides the words and the stack of a fault of ours, and logs them once with the request id', async () => {
    const { client, lines } = setUp();
    const { body, text, headers } = await client
      .get('/things/broken')
      .set('X-Request-Id', 'abc-1')
      .expect(500);
    expect(body).toMatchObject({ code: 'internal', instance: 'urn:assay:request:abc-1' });
    expect(text).not.toMatch(/secret|\.ts:|at /);
    expect(headers['x-request-id']).toBe('abc-1');
    const errors = lines.filter((line) => line.severity === 'ERROR');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ requestId: 'abc-1', service: 'things', code: 'internal' });
  });

  it('does not log refusals as errors', async () => {
    const { client, lines } = setUp();
    await client.get('/nowhere').expect(404);
    await client.get('/ready').expect(503);
    expect(lines.filter((line) => line.severity === 'ERROR')).toHaveLength(0);
  });

  it('says when to come back', async () => {
    const { client } = setUp();
    expect((await client.get('/things/busy').expect(429)).headers['retry-after']).toBe('1');
  });

  it('cuts the connection when an error comes after half an answer', async () => {
    const { client } = setUp();
    await expect(client.get('/things/half')).rejects.toThrow();
    await client.get('/live').expect(200);
  });

  it('logs each request with id and trace, and probes not at all', async () => {
    const { client, lines } = setUp();
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await client.get('/live');
    await client.get('/things/cup?size=2').set('traceparent', `00-${trace}-00f067aa0ba902b7-01`);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      severity: 'INFO',
      message: 'GET /things/cup answered',
      httpRequest: { requestMethod: 'GET', requestUrl: '/things/cup', status: 200 },
      'logging.googleapis.com/trace': `projects/p/traces/${trace}`,
    });
    expect(lines[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gives a request whose id is not sane a new one', async () => {
    const { client } = setUp();
    const { headers } = await client.get('/live').set('X-Request-Id', 'a b{}');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is live from the start and ready in between', async () => {
    const { client, health } = setUp();
    await client.get('/live').expect(200, { status: 'live' });
    expect((await client.get('/ready').expect(503)).body).toMatchObject({
      code: 'not-ready',
      state: 'starting',
    });
    health.ready();
    await client.get('/ready').expect(200, { status: 'ready' });
    health.stop();
    expect((await client.get('/ready').expect(503)).body).toMatchObject({
      code: 'shutting-down',
      state: 'stopping',
    });
    await client.get('/live').expect(200);
  });

  it('sends security headers', async () => {
    const { client } = setUp();
    const { headers } = await client.get('/live');
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('the OpenAPI document', () => {
  it('has every registered route and no other', async () => {
    const { app, client } = setUp();
    const { body } = await client.get('/openapi.json').expect(200);
    const documented = Object.entries(body.paths as Record<string, object>).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(documented.toSorted()).toEqual(registered(app).toSorted());
    expect(documented).toContain('get /things/{name}');
  });

  it('is made from the schemas that check', async () => {
    const { client } = setUp();
    const { body } = await client.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    const operation = body.paths['/things/{name}'].get;
    expect(operation.parameters).toEqual([
      { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
      expect.objectContaining({ name: 'size', in: 'query', required: false, description: 'How large' }),
    ]);
    expect(operation.parameters[1].schema).toMatchObject({ type: 'integer', default: 1 });
    expect(operation.responses[200].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Thing',
    });
    expect(operation.responses[404].content['application/problem+json'].schema.$ref).toBe(
      '#/components/schemas/Problem',
    );
    expect(body.components.schemas.Thing).toMatchObject({ type: 'object', required: ['name', 'size'] });
    expect(body.components.schemas.Problem.properties.code).toBeDefined();
  });
});

describe('/docs', () => {
  it.each(['/docs', '/docs/'])(
    '%s is a page without inline scripts whose every link leads somewhere',
    async (path) => {
      const { client } = setUp();
      const { text, headers } = await client.get(path).expect(200);
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(text).not.toMatch(/<script(?![^>]*src=)|<style|https?:/);
      const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
      expect(links).toHaveLength(4);
      for (const link of links) await client.get(new URL(link, `http://host${path}`).pathname).expect(200);
    },
  );

  it('serves nothing else of the package', async () => {
    const { client } = setUp();
    await client.get('/docs/package.json').expect(404);
    await client.get('/docs/..%2fpackage.json').expect(404);
  });
});
