import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import { AssayError } from '@assay/schema';
import { currentRequest, type Logger } from '@assay/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import { headersToCaller, headersToService } from './forwarded-headers.ts';
import type { IdentityTokens } from './identity-tokens.ts';

export interface ForwardOptions {
  /** In messages: `inference-api`. */
  readonly name: string;
  /** Where the service is. */
  readonly url: string;
  /** Proves who calls, where the service asks for that. */
  readonly tokens?: IdentityTokens | undefined;
  /** How long the service may say nothing, milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** For those who run the service or push into it, not for those who look at the page. */
const CLOSED = /^\/(metrics|events)(\/|\?|$)/i;

/**
 * Passes requests on to a service and its answers back, both as they come: an upload is not gathered, an event is sent at once. Who goes
 * away takes the request along. A service that is away becomes 502, one that is silent for too long 504.
 */
export function forward({ name, url, tokens, timeoutMs, logger }: ForwardOptions): RequestHandler {
  const target = new URL(url);
  const isSecure = target.protocol === 'https:';
  const send = isSecure ? httpsRequest : httpRequest;
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const base = target.pathname.replace(/\/$/, '');
  let isAway = false;

  const exchange = (request: Request, response: Response, authorization: { authorization?: string }) =>
    new Promise<void>((resolve, reject) => {
      const { requestId } = currentRequest() ?? {};
      const outgoing = send(
        {
          agent,
          protocol: target.protocol,
          hostname: target.hostname,
          port: target.port,
          method: request.method,
          path: base + request.url,
          headers: {
            ...headersToService(request.headers),
            ...authorization,
            ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
          },
        },
        (answer) => {
          if (isAway) logger.info(`${name} answers again`);
          isAway = false;
          passBack(answer, response, resolve);
        },
      );
      outgoing.setTimeout(timeoutMs, () => outgoing.destroy(tooSlow(name, timeoutMs)));
      outgoing.on('error', (cause) => {
        if (response.headersSent || response.destroyed) {
          response.destroy();
          resolve();
          return;
        }
        if (cause instanceof AssayError) {
          reject(cause);
          return;
        }
        if (!isAway) logger.warn({ err: cause }, `${name} cannot be reached`);
        isAway = true;
        reject(away(name, cause));
      });
      response.once('close', () => outgoing.destroy());
      // What ends the upload is told by the answer, or by the error above.
      pipeline(request, outgoing, () => {});
    });

  return (request, response, next) => {
    if (CLOSED.test(request.url)) {
      next(new AssayError('not-found', `${name} is not asked for this from outside.`));
      return;
    }
    if (request.get('sec-fetch-site') === 'cross-site') {
      next(
        new AssayError(
          'cross-site-request',
          'Only this page itself asks here; other sites ask the service at its own address.',
        ),
      );
      return;
    }
    const authorized =
      tokens === undefined
        ? Promise.resolve({})
        : tokens.current().then((token) => ({ authorization: `Bearer ${token}` }));
    authorized.then((headers) => exchange(request, response, headers)).catch(next);
  };
}

function passBack(answer: IncomingMessage, response: Response, done: () => void): void {
  response.status(answer.statusCode ?? 502);
  for (const [header, value] of Object.entries(headersToCaller(answer.headers)))
    if (value !== undefined) response.setHeader(header, value);
  // An event stream begins with its headers, and may say nothing more for long.
  response.flushHeaders();
  pipeline(answer, response, done);
}

function away(name: string, cause: unknown): AssayError {
  return new AssayError(
    'service-unreachable',
    `${name} cannot be reached at the moment: it may be starting or stopped. Try again in a few seconds; whoever runs it finds more in its log.`,
    { cause },
  );
}

function tooSlow(name: string, timeoutMs: number): AssayError {
  return new AssayError(
    'service-timeout',
    `${name} said nothing for ${timeoutMs / 1000} s. It may be busy: try again in a moment, or ask for less at once.`,
  );
}
