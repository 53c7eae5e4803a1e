import { problemDocument, problems, type ProblemCode } from '@assay/schema';
import { z } from 'zod';
import type { Content, Route } from './route.ts';

export interface ApiInformation {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

type Json = Record<string, unknown>;

/** Refusals that any route can meet. */
const everywhere: readonly ProblemCode[] = ['invalid-query', 'internal'];

/** The OpenAPI 3.1 document of a route table. */
export function openApiDocument(routes: readonly Route[], info: ApiInformation): Json {
  const components = new Map<string, Json>();
  const paths: Record<string, Json> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route, components);
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: { schemas: Object.fromEntries(components) },
  };
}

function operation(route: Route, components: Map<string, Json>): Json {
  const { operationId, tag, summary, description, body, bodyIsOptional = false } = route;
  const responses: Json = {};
  for (const [status, response] of Object.entries(route.responses)) {
    responses[status] =
      response.content === undefined
        ? response
        : { ...response, content: contents(response.content, { io: 'output', components }) };
  }
  for (const [status, codes] of problemsByStatus([...(route.problems ?? []), ...everywhere])) {
    responses[status] ??= {
      description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('. '),
      content: contents(
        { 'application/problem+json': { schema: problemDocument, name: 'Problem' } },
        { io: 'output', components },
      ),
    };
  }
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(body === undefined
      ? {}
      : { requestBody: { required: !bodyIsOptional, content: contents(body, { io: 'input', components }) } }),
    responses,
  };
}

interface Target {
  readonly io: 'input' | 'output';
  readonly components: Map<string, Json>;
}

function contents(content: Readonly<Record<string, Content>>, target: Target): Json {
  return Object.fromEntries(
    Object.entries(content).map(([mediaType, body]) => [mediaType, { schema: bodySchema(body, target) }]),
  );
}

function bodySchema(content: Content, { io, components }: Target): Json {
  if ('jsonSchema' in content) return content.jsonSchema;
  const schema = jsonSchema(content.schema, io);
  if (content.name === undefined) return schema;
  components.set(content.name, schema);
  return { $ref: `#/components/schemas/${content.name}` };
}

function parameters(schema: z.ZodObject, location: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: location,
    required: location === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io }) as Json;
  return rest;
}

function problemsByStatus(codes: readonly ProblemCode[]): Map<string, ProblemCode[]> {
  return Map.groupBy(new Set(codes), (code) => String(problems[code].status));
}
