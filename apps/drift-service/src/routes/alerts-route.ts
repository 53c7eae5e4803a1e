import { driftAlertList, modelName } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import type { AlertBook } from '../alerts/alert-book.ts';

/** `GET /alerts`. */
export function alertsRoute(alerts: Pick<AlertBook, 'list'>): Route {
  return defineRoute({
    method: 'get',
    path: '/alerts',
    operationId: 'listAlerts',
    tag: 'reports',
    summary: 'Whose drift is on since when, and what people were told of it',
    query: { model: modelName.optional().describe('Name of the model; all where left out') },
    problems: ['storage-forbidden', 'storage-unavailable'],
    responses: {
      200: {
        description: 'By model; those of which there is a report that was judged',
        content: { 'application/json': { schema: driftAlertList, name: 'DriftAlertList' } },
      },
    },
    async handle({ query: { model }, response }) {
      response.json({ alerts: await alerts.list(model) });
    },
  });
}
