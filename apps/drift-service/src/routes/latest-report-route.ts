import { AssayError, driftReportSchema, modelName, modelVersion } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import type { Reporting } from '../reports/reporting.ts';
import { htmlContent, sendPage, wantsPage } from './send-report.ts';

/** `GET /reports/latest`. */
export function latestReportRoute(reporting: Pick<Reporting, 'latest' | 'page'>): Route {
  return defineRoute({
    method: 'get',
    path: '/reports/latest',
    operationId: 'getLatestReport',
    tag: 'reports',
    summary: 'The report of the latest window',
    query: {
      model: modelName.optional().describe('Name of the model; any where left out'),
      version: modelVersion.optional().describe('Version of the model; any where left out'),
    },
    problems: ['unknown-report', 'storage-forbidden', 'storage-unavailable'],
    responses: {
      200: {
        description: 'The report; `Content-Location` says where it stays',
        content: { 'application/json': { schema: driftReportSchema, name: 'DriftReport' }, ...htmlContent },
      },
    },
    async handle({ query, request, response }) {
      const report = await reporting.latest(query);
      if (report === undefined)
        throw new AssayError(
          'unknown-report',
          `There is no drift report${query.model === undefined ? '' : ` of the model "${query.model}"`} yet: POST /reports makes one.`,
        );
      response.setHeader('Content-Location', `/reports/${report.id}`);
      if (wantsPage(request, response)) sendPage(response, await reporting.page(report.id));
      else response.json(report);
    },
  });
}
