import { predictionPage } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import type { LogAccess } from '../log/log-access.ts';
import { feedbackQuery, filterOf, recordQuery, windowQuery } from './filter-query.ts';
import { checkWindow } from './window.ts';

/** `GET /predictions`. */
export function predictionListRoute(log: LogAccess): Route {
  return defineRoute({
    method: 'get',
    path: '/predictions',
    operationId: 'listPredictions',
    tag: 'predictions',
    summary: 'What was predicted, with what turned out to be true',
    description:
      'The latest first. Those that meet every condition given; what comes while pages are turned is not in them.',
    query: {
      ...windowQuery,
      ...recordQuery,
      ...feedbackQuery,
      limit: z.coerce
        .number({ error: 'expected a number' })
        .int()
        .min(1)
        .max(1000)
        .default(50)
        .describe('Most predictions on a page'),
      pageToken: z.string().max(1024).optional().describe('`nextPageToken` of the page before'),
    },
    problems: ['query-too-large', 'overloaded', 'storage-forbidden', 'storage-unavailable'],
    responses: {
      200: {
        description: 'A page',
        content: { 'application/json': { schema: predictionPage, name: 'PredictionPage' } },
      },
    },
    async handle({ query: { limit, pageToken, ...filter }, response }) {
      checkWindow(filter);
      const page = { limit, ...(pageToken === undefined ? {} : { pageToken }) };
      response.json(await log.list(filterOf(filter), page));
    },
  });
}
