import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

/** What every log line of a request carries. */
export interface RequestContext {
  /** The caller's `X-Request-Id` if that is sane, else a fresh UUID. */
  readonly requestId: string;
  /** 32 hex digits, from `traceparent` or `x-cloud-trace-context`. */
  readonly traceId?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the request being served; `undefined` outside of one. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

/** Gives each request its {@link RequestContext} and answers with its id in `X-Request-Id`. */
export function requestContext(): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id');
    const requestId = given !== undefined && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
    const traceId = traceOf(request.get('traceparent'), request.get('x-cloud-trace-context'));
    response.setHeader('X-Request-Id', requestId);
    storage.run(traceId === undefined ? { requestId } : { requestId, traceId }, next);
  };
}

/**
 * @param traceparent W3C Trace Context header, `version-traceid-parentid-flags`
 * @param cloudTrace Google's older header, `TRACE_ID/SPAN_ID;o=OPTIONS`
 * @returns 32 lower-case hex digits, `undefined` where neither header holds a valid trace
 */
export function traceOf(traceparent: string | undefined, cloudTrace: string | undefined): string | undefined {
  const found =
    /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(traceparent ?? '')?.[1] ??
    /^([0-9a-f]{32})(?:\/|$)/i.exec(cloudTrace ?? '')?.[1]?.toLowerCase();
  return found === undefined || /^0+$/.test(found) ? undefined : found;
}
