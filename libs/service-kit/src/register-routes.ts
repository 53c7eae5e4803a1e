import { AssayError } from '@assay/schema';
import type { Express, RequestHandler } from 'express';
import type { Route } from './route.ts';

/**
 * Registers a route table. Each path also answers every other method: `OPTIONS` with its `Allow`, the rest with 405.
 */
export function registerRoutes(app: Express, routes: readonly Route[]): void {
  for (const [path, here] of Map.groupBy(routes, (route) => route.path)) {
    const registered = app.route(expressPath(path));
    for (const route of here)
      registered[route.method]((request, response) => route.handle(request, response));
    const methods = here.map((route) => route.method.toUpperCase());
    registered.all(otherMethods(methods.includes('GET') ? [...methods, 'HEAD'] : methods));
  }
}

/** `/models/{name}` in Express's notation: `/models/:name`. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** Refuses whatever no route took. */
export function notFound(routes: readonly Route[]): RequestHandler {
  const known = routes.map((route) => `${route.method.toUpperCase()} ${route.path}`);
  return (request) => {
    throw new AssayError(
      'not-found',
      `${request.method} ${request.path} leads nowhere; there is ${known.join(', ')}.`,
    );
  };
}

function otherMethods(allow: readonly string[]): RequestHandler {
  return (request, response) => {
    if (request.method === 'OPTIONS') {
      response.setHeader('Allow', allow.join(', '));
      response.status(204).end();
      return;
    }
    const detail = `${request.path} takes ${allow.join(', ')}; received ${request.method}.`;
    throw new AssayError('method-not-allowed', detail, { extensions: { allow } });
  };
}
