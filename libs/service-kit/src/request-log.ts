import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import type { Logger } from './logger.ts';

/** One log line for each answered request, in Cloud Logging's `httpRequest`; probes and scrapes only at `debug`. */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const log = AsyncLocalStorage.bind(() => {
      const quiet = /^\/(live|ready|metrics)\/?$/.test(request.path);
      if (!logger.isLevelEnabled(quiet ? 'debug' : 'info')) return;
      const outcome = response.writableFinished ? 'answered' : 'caller went away';
      const entry = {
        httpRequest: {
          requestMethod: request.method,
          requestUrl: request.path,
          status: response.statusCode,
          latency: `${((performance.now() - start) / 1000).toFixed(4)}s`,
        },
        ...(response.locals.problem === undefined ? {} : { code: response.locals.problem as string }),
      };
      logger[quiet ? 'debug' : 'info'](entry, `${request.method} ${request.path} ${outcome}`);
    });
    response.once('close', log);
    next();
  };
}
