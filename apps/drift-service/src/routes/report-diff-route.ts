import { diffReports, renderDiffPage } from '@assay/drift-report';
import { driftReportDiff } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import type { Reporting } from '../reports/reporting.ts';
import { reportIdParameter } from './report-id-parameter.ts';
import { htmlContent, sendPage, wantsPage } from './send-report.ts';

/** `GET /reports/{id}/diff/{other}`. */
export function reportDiffRoute(reporting: Pick<Reporting, 'get'>): Route {
  return defineRoute({
    method: 'get',
    path: '/reports/{id}/diff/{other}',
    operationId: 'diffReports',
    tag: 'reports',
    summary: 'What changed from one report of a model to another',
    description: 'As JSON; as a page for callers that would rather have HTML.',
    params: {
      id: reportIdParameter.describe('The report before'),
      other: reportIdParameter.describe('The report after; of the same model'),
    },
    problems: [
      'bad-request',
      'incomparable-reports',
      'unknown-report',
      'storage-forbidden',
      'storage-unavailable',
    ],
    responses: {
      200: {
        description: 'Side by side',
        content: { 'application/json': { schema: driftReportDiff, name: 'DriftReportDiff' }, ...htmlContent },
      },
    },
    async handle({ params: { id, other }, request, response }) {
      const [before, after] = await Promise.all([reporting.get(id), reporting.get(other)]);
      const diff = diffReports(before, after);
      if (wantsPage(request, response)) sendPage(response, renderDiffPage(diff));
      else response.json(diff);
    },
  });
}
