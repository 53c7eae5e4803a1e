import { problems, type AssayError, type ProblemDocument } from '@assay/schema';
import type { ErrorRequestHandler, Response } from 'express';
import { fixedDetail, toAssayError } from './error-mapping.ts';
import type { Logger } from './logger.ts';
import { abandonBody } from './abandon-body.ts';
import { currentRequest } from './request-context.ts';

/**
 * The document that RFC 9457 asks for. Faults of ours (500) are described by fixed words, so that no path, query or
 * stack leaves the process; everything else is described by the error's own message.
 *
 * @param requestId names this occurrence; found again in the logs
 */
export function problemDocumentOf(error: AssayError, requestId: string): ProblemDocument {
  const { status, title } = problems[error.code];
  return {
    ...error.extensions,
    type: `urn:assay:problem:${error.code}`,
    title,
    status,
    detail: status === 500 ? fixedDetail(error.code) : error.message,
    instance: `urn:assay:request:${requestId}`,
    code: error.code,
  };
}

/** What is in the way now, a full queue or a start-up, takes about this long. */
const RETRY_AFTER_SECONDS = '1';

/** Statuses of what cannot be done now and may be done later. */
const STATES: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * The last middleware of an app: turns whatever was thrown into a problem document. Logs faults of ours (status 500),
 * once; a caller who went away gets no answer. The extension `allow` becomes the
 * header `Allow`; with 429 and 502 to 504 goes `Retry-After`.
 */
export function problemMiddleware(logger: Logger): ErrorRequestHandler {
  // Express tells error middleware by its four parameters.
  // eslint-disable-next-line @typescript-eslint/max-params
  return (thrown: unknown, request, response, _next) => {
    const error = toAssayError(thrown);
    // 502 to 504 are states, told by whatever brought them about; 500 is a fault, told here and once.
    if (error.status >= 500 && !STATES.has(error.status))
      logger.error({ err: error, code: error.code }, error.message);
    if (response.headersSent) {
      // Half an answer must not look like a whole one.
      request.socket.destroy();
      return;
    }
    if (response.destroyed) return;
    const { allow } = error.extensions;
    if (Array.isArray(allow)) response.setHeader('Allow', allow.join(', '));
    if (error.status === 429 || STATES.has(error.status))
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    response.locals.problem = error.code;
    sendProblem(response, error);
    abandonBody(request);
  };
}

/** Answers with the problem document of `error`. */
export function sendProblem(response: Response, error: AssayError): void {
  const document = problemDocumentOf(error, currentRequest()?.requestId ?? 'unknown');
  response.status(error.status).type('application/problem+json').send(JSON.stringify(document));
}
