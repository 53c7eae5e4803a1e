import {
  AssayError,
  driftReportBatch,
  driftReportRequest,
  driftReportSchema,
  type DriftReportRequest,
} from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import type { Reporting } from '../reports/reporting.ts';
import { jsonReader } from './read-json.ts';

const body = jsonReader('16kb');

/** `POST /reports`. */
export function makeReportRoute(reporting: Pick<Reporting, 'make' | 'makeAll'>): Route {
  const content = (description: string) => ({
    description,
    content: { 'application/json': { schema: driftReportSchema.or(driftReportBatch) } },
  });
  return defineRoute({
    method: 'post',
    path: '/reports',
    operationId: 'makeReport',
    tag: 'reports',
    summary: 'Holds a window of the log against what the model knows, now',
    description:
      'Answers with the report of the model that is named, else with a line for each champion. Without a body: every champion, the last hours that are over; ' +
      'this is what a scheduler calls. There is one report of a window: whoever asks again, or at the same time, gets the same.',
    body: { 'application/json': { schema: driftReportRequest, name: 'DriftReportRequest' } },
    bodyIsOptional: true,
    problems: [
      'bad-request',
      'malformed-json',
      'unsupported-media-type',
      'upload-too-large',
      'unknown-model',
      'unknown-version',
      'no-reference-profile',
      'invalid-window',
      'overloaded',
      'query-too-large',
      'storage-forbidden',
      'storage-unavailable',
    ],
    responses: {
      200: content('It was there already'),
      201: content('It is new; `Location` says where it is'),
    },
    async handle({ request, response }) {
      const { model, ...rest } = check(await body.read(request, response));
      if (model === undefined) {
        const { batch, isNew } = await reporting.makeAll(rest.window);
        response.status(isNew ? 201 : 200).json(batch);
        return;
      }
      const { report, isNew } = await reporting.make({ model, ...rest });
      response.location(`/reports/${report.id}`);
      response.status(isNew ? 201 : 200).json(report);
    },
  });
}

function check(given: unknown): DriftReportRequest {
  const result = driftReportRequest.safeParse(given ?? {});
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `"${path.join('.')}": ${message}`,
  );
  throw new AssayError('bad-request', `${faults.join('; ')}.`);
}
