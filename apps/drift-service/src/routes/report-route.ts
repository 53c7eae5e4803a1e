import { driftReportSchema, parityReport } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import type { Reporting } from '../reports/reporting.ts';
import { reportIdParameter } from './report-id-parameter.ts';
import { htmlContent, sendPage, wantsPage } from './send-report.ts';

/** `GET /reports/{id}`. */
export function reportRoute(reporting: Pick<Reporting, 'get' | 'page' | 'parity'>): Route {
  return defineRoute({
    method: 'get',
    path: '/reports/{id}',
    operationId: 'getReport',
    tag: 'reports',
    summary: 'A drift report: the verdict, what changed, whether it hurts, with the evidence',
    description: 'As JSON; as a page for callers that would rather have HTML.',
    params: { id: reportIdParameter.describe('`id` of the report') },
    query: {
      parity: z
        .enum(['evidently'], { error: 'expected evidently' })
        .optional()
        .describe(
          "Adds `parity`: Evidently's score and verdict of each column by its own defaults, and why they differ",
        ),
    },
    problems: [
      'bad-request',
      'unknown-report',
      'unknown-model',
      'unknown-version',
      'overloaded',
      'storage-forbidden',
      'storage-unavailable',
    ],
    responses: {
      200: {
        description: 'The report',
        content: {
          'application/json': {
            schema: driftReportSchema.extend({ parity: parityReport.optional() }),
            name: 'DriftReport',
          },
          ...htmlContent,
        },
      },
    },
    async handle({ params: { id }, query: { parity }, request, response }) {
      if (wantsPage(request, response)) {
        sendPage(response, await reporting.page(id));
        return;
      }
      const report = await reporting.get(id);
      response.json(parity === undefined ? report : { ...report, parity: await reporting.parity(id) });
    },
  });
}
