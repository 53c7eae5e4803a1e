import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** Headers for answers that are data: nothing in them may run, load or be framed. */
export function apiSecurityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/**
 * The content security policy of a page that needs only what this origin serves. Swagger UI draws its icons from
 * `data:` URLs; it runs without inline scripts.
 */
export const pageContentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
