import { defineRoute, type Route } from '@assay/service-kit';
import type { Reporting } from '../reports/reporting.ts';
import { reportIdParameter } from './report-id-parameter.ts';
import { htmlContent, sendPage } from './send-report.ts';

/** `GET /reports/{id}.html`. */
export function reportPageRoute(reporting: Pick<Reporting, 'page'>): Route {
  return defineRoute({
    method: 'get',
    path: '/reports/{id}.html',
    operationId: 'getReportPage',
    tag: 'reports',
    summary: 'A drift report as one page, which needs no network',
    params: { id: reportIdParameter.describe('`id` of the report') },
    problems: ['bad-request', 'unknown-report', 'storage-forbidden', 'storage-unavailable'],
    responses: { 200: { description: 'The page', content: htmlContent } },
    async handle({ params: { id }, response }) {
      sendPage(response, await reporting.page(id));
    },
  });
}
