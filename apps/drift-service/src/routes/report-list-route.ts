import { driftReportPage, driftVerdict, modelName, modelVersion } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import type { Reporting } from '../reports/reporting.ts';

/** `GET /reports`. */
export function reportListRoute(reporting: Pick<Reporting, 'list'>): Route {
  return defineRoute({
    method: 'get',
    path: '/reports',
    operationId: 'listReports',
    tag: 'reports',
    summary: 'Drift reports, the latest window first',
    query: {
      model: modelName.optional().describe('Name of the model'),
      version: modelVersion.optional().describe('Version of the model'),
      verdict: driftVerdict.optional().describe('What they say'),
      limit: z.coerce
        .number({ error: 'expected a number' })
        .int()
        .min(1)
        .max(200)
        .default(50)
        .describe('Most reports on a page'),
      pageToken: z.string().max(1024).optional().describe('`nextPageToken` of the page before'),
    },
    problems: ['storage-forbidden', 'storage-unavailable'],
    responses: {
      200: {
        description: 'A page',
        content: { 'application/json': { schema: driftReportPage, name: 'DriftReportPage' } },
      },
    },
    async handle({ query: { limit, pageToken, ...filter }, response }) {
      response.json(await reporting.list(filter, { limit, pageToken }));
    },
  });
}
