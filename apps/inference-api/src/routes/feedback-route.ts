import { AssayError, clientTag, feedbackReceipt, feedbackRequest, type FeedbackRequest } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { clientOf } from '../client-tag.ts';
import { announce } from '../log/announce.ts';
import type { PredictionLog } from '../log/prediction-log.ts';
import type { ServedModels } from '../served-models.ts';
import { readBody } from '../upload/read-body.ts';

export interface FeedbackRouteOptions {
  readonly models: ServedModels;
  readonly log: PredictionLog;
}

const MAX_BYTES = 16 * 1024;

/** `POST /feedback`. */
export function feedbackRoute({ models, log }: FeedbackRouteOptions): Route {
  return defineRoute({
    method: 'post',
    path: '/feedback',
    operationId: 'giveFeedback',
    tag: 'predictions',
    summary: 'Says what the truth of a prediction turned out to be',
    description:
      'Of several truths of one prediction the latest holds; all are kept. The prediction need not be known here: it is joined with its truth in the prediction log.',
    query: {
      client: clientTag.optional().describe('Who says it; the header `Assay-Client` says the same'),
    },
    body: { 'application/json': { schema: feedbackRequest, name: 'Feedback' } },
    responses: {
      202: {
        description:
          'It is remembered; the header `Prediction-Log: pending` says that it is not on the bus yet',
        content: { 'application/json': { schema: feedbackReceipt, name: 'FeedbackReceipt' } },
      },
    },
    problems: [
      'bad-request',
      'malformed-json',
      'request-aborted',
      'upload-too-large',
      'unknown-model',
      'unknown-label',
      'not-ready',
      'storage-unavailable',
    ],
    async handle({ request, response }) {
      const {
        predictionId,
        label,
        model: name,
      } = parse((await readBody(request, MAX_BYTES)).toString('utf8'));
      const { manifest } = models.find(name).package;
      if (!manifest.labels.includes(label)) throw unknownLabel(label, manifest);
      const client = clientOf(request);
      const said = { predictionId, label, model: manifest.name, ...(client === undefined ? {} : { client }) };
      const { record, delivered } = await log.rememberFeedback(said);
      if (delivered === 'dropped')
        throw new AssayError(
          'storage-unavailable',
          'The feedback is not kept: neither the event bus nor the outbox takes it. Send it again later.',
        );
      announce(response, delivered);
      const { id, time, model } = record;
      response.status(202).json({ id, time, predictionId, label, model });
    },
  });
}

function parse(text: string): FeedbackRequest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new AssayError(
      'malformed-json',
      'Expected JSON such as {"predictionId": "0198…", "label": "cat"}; it cannot be parsed.',
      { cause },
    );
  }
  const parsed = feedbackRequest.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new AssayError(
    'bad-request',
    `Expected {"predictionId", "label"} and perhaps "model": ${faults.join('; ')}.`,
  );
}

/** Labels that a refusal names at most. */
const NAMED = 20;

function unknownLabel(
  label: string,
  { name, labels }: { name: string; labels: readonly string[] },
): AssayError {
  const more = labels.length > NAMED ? `, … (${labels.length} in all)` : '';
  return new AssayError(
    'unknown-label',
    `"${label}" is no label of ${name}, which has: ${labels.slice(0, NAMED).join(', ')}${more}. ` +
      `If another model answered, name it in "model".`,
  );
}
