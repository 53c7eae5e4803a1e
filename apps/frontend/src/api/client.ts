import createClient, { type Middleware } from 'openapi-fetch';
import type { paths as DriftPaths } from './drift.gen.ts';
import type { paths as InferencePaths } from './inference.gen.ts';
import { ApiError, offlineProblem, problemOf } from './problem.ts';

/** Every refusal is thrown as an {@link ApiError}, so that queries and handlers need one way to fail. */
const refusalsThrow: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return;
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    throw new ApiError(problemOf(body, response.status));
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    return new ApiError(offlineProblem);
  },
};

/** Where the page's server forwards to `inference-api`. */
export const INFERENCE = '/api/inference';

/** Where the page's server forwards to `drift-service`. */
export const DRIFT = '/api/drift';

/** `inference-api`, typed by its OpenAPI document. */
export const inference = createClient<InferencePaths>({ baseUrl: INFERENCE });
inference.use(refusalsThrow);

/** `drift-service`, typed by its OpenAPI document. */
export const drift = createClient<DriftPaths>({ baseUrl: DRIFT });
drift.use(refusalsThrow);

/**
 * The body of an answer; refusals were thrown before.
 *
 * @example const { models } = await answerOf(inference.GET('/models'));
 */
export async function answerOf<T>(call: Promise<{ data?: T; response: Response }>): Promise<NonNullable<T>> {
  const { data, response } = await call;
  if (data === undefined || data === null) throw new ApiError(problemOf(undefined, response.status));
  return data;
}
