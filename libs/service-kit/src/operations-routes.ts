import { z } from 'zod';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';
import { defineRoute, type Route } from './route.ts';

export interface OperationsOptions {
  readonly health: Health;
  readonly metrics: Metrics;
  /** Makes the OpenAPI document; called once, at the first request for it. */
  document(): Promise<Record<string, unknown>>;
}

/** What whoever runs the service asks it: `/live`, `/ready`, `/metrics`, `/openapi.json`. */
export function operationsRoutes({ health, metrics, document }: OperationsOptions): Route[] {
  let openApi: Promise<Record<string, unknown>> | undefined;
  const status = (value: string, description: string) => ({
    description,
    content: { 'application/json': { schema: z.strictObject({ status: z.literal(value) }) } },
  });
  return [
    defineRoute({
      method: 'get',
      path: '/live',
      operationId: 'live',
      tag: 'operations',
      summary: 'Whether the process answers; restart it if not',
      responses: { 200: status('live', 'It does') },
      handle({ response }) {
        response.json({ status: 'live' });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/ready',
      operationId: 'ready',
      tag: 'operations',
      summary: 'Whether requests may be sent here',
      description: '503 before start-up ends, where it failed (with the reason) and once shutdown began.',
      problems: ['not-ready', 'shutting-down'],
      responses: { 200: status('ready', 'They may') },
      handle({ response }) {
        health.assertReady();
        response.json({ status: 'ready' });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/metrics',
      operationId: 'metrics',
      tag: 'operations',
      summary: 'Metrics for Prometheus',
      responses: {
        200: { description: "Prometheus' text format", content: { 'text/plain': { schema: z.string() } } },
      },
      async handle({ response }) {
        const text = await metrics.text();
        response.setHeader('Content-Type', metrics.contentType);
        response.end(text);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/openapi.json',
      operationId: 'openApi',
      tag: 'operations',
      summary: 'This documentation for programs',
      responses: {
        200: {
          description: 'OpenAPI 3.1',
          content: { 'application/json': { jsonSchema: { type: 'object' } } },
        },
      },
      async handle({ response }) {
        openApi ??= document();
        response.json(await openApi);
      },
    }),
  ];
}
