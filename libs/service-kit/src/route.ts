import { AssayError, type ProblemCode } from '@assay/schema';
import type { Request, Response } from 'express';
import { z } from 'zod';

/** A body: a zod schema (named where it becomes a component of the document) or a JSON schema as it is. */
export type Content =
  | { readonly schema: z.ZodType; readonly name?: string }
  | { readonly jsonSchema: Readonly<Record<string, unknown>> };

export interface DocumentedResponse {
  readonly description: string;
  /** By media type. */
  readonly content?: Readonly<Record<string, Content>>;
}

/** What the registration and the OpenAPI document are both made from. */
export interface RouteDocumentation {
  readonly method: 'get' | 'post';
  /** OpenAPI's notation: `/models/{name}`. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** By media type. */
  readonly body?: Readonly<Record<string, Content>>;
  /** Whether a request may come without one. Default false. */
  readonly bodyIsOptional?: boolean;
  /** By status. */
  readonly responses: Readonly<Record<number, DocumentedResponse>>;
  /** Refusals that this route can meet, beside those that every route can. */
  readonly problems?: readonly ProblemCode[];
}

/** What a handler is given: query and path parameters are checked already. */
export interface Call<Query, Params> {
  readonly request: Request;
  readonly response: Response;
  readonly query: Query;
  readonly params: Params;
}

type Shape = z.core.$ZodLooseShape;

export interface RouteDefinition<Q extends Shape, P extends Shape> extends RouteDocumentation {
  /** Query parameters; any other is refused. */
  readonly query?: Q;
  /** One for each `{…}` of the path. */
  readonly params?: P;
  handle(
    call: Call<z.output<z.ZodObject<Q, z.core.$strict>>, z.output<z.ZodObject<P, z.core.$strict>>>,
  ): void | Promise<void>;
}

/** A line of an app's route table. */
export interface Route extends RouteDocumentation {
  readonly query: z.ZodObject;
  readonly params: z.ZodObject;
  handle(request: Request, response: Response): void | Promise<void>;
}

/** Makes a line of the route table from its documentation and a handler that gets checked parameters. */
export function defineRoute<Q extends Shape, P extends Shape>(definition: RouteDefinition<Q, P>): Route {
  const { handle, ...documentation } = definition;
  const query = z.strictObject(definition.query ?? ({} as Q));
  const params = z.strictObject(definition.params ?? ({} as P));
  return {
    ...documentation,
    query,
    params,
    handle: (request, response) =>
      handle({
        request,
        response,
        query: check(query, request.query, 'invalid-query'),
        params: check(params, { ...request.params }, 'bad-request'),
      }),
  };
}

function check<S extends z.ZodObject>(schema: S, input: unknown, code: ProblemCode): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const known = Object.keys(schema.shape);
  const faults = result.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.map((key) => `"${key}"`).join(', ')} is not known here; known: ${known.join(', ') || 'none'}`
      : `"${issue.path.join('.')}": ${issue.message}`,
  );
  throw new AssayError(code, `${faults.join('; ')}.`);
}
