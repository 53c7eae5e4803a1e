import { AssayError, rememberedPrediction } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import type { LogAccess } from '../log/log-access.ts';

/** `GET /predictions/{id}`. */
export function predictionRoute(log: LogAccess): Route {
  return defineRoute({
    method: 'get',
    path: '/predictions/{id}',
    operationId: 'getPrediction',
    tag: 'predictions',
    summary: 'What was predicted, with all that was said of it',
    params: {
      id: z.uuidv7({ error: 'expected the id of a prediction, a UUIDv7' }).describe('`id` of the answer'),
    },
    problems: ['bad-request', 'unknown-prediction', 'overloaded', 'storage-forbidden', 'storage-unavailable'],
    responses: {
      200: {
        description: 'From the log',
        content: { 'application/json': { schema: rememberedPrediction, name: 'RememberedPrediction' } },
      },
    },
    async handle({ params: { id }, response }) {
      const found = await log.find(id);
      if (found === undefined)
        throw new AssayError(
          'unknown-prediction',
          `The log has no prediction ${id}. One that was just made arrives within a minute or two; old ones may have been pruned.`,
        );
      response.json(found);
    },
  });
}
