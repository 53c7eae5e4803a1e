import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError } from '@assay/schema';
import type { RequestHandler } from 'express';
import sirv from 'sirv';

/**
 * What the page may do: run and style itself from this origin's files, show pictures that it made or was given, ask this origin. Nothing
 * inline runs, and no text becomes markup or script (Trusted Types without a single policy).
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Files below it carry a digest in their names: what has a name never changes. */
const HASHED = '/assets/';

const POLICY = 'Content-Security-Policy';

const YEAR_SECONDS = 31_536_000;

/**
 * Serves the built page: files with a digest in their names for ever, all others to be asked for anew; compressed ahead of time, where the
 * build left such a file. Addresses without a file are the page's own, and get the page.
 *
 * @param folder of the built page
 * @throws AssayError `invalid-configuration` where there is no page in it
 */
export function pageFiles(folder: string): RequestHandler {
  if (!existsSync(join(folder, 'index.html')))
    throw new AssayError(
      'invalid-configuration',
      `Expected the built page in PAGE_FOLDER; ${join(folder, 'index.html')} does not exist. Build it: npm run build --workspace @assay/frontend`,
    );
  const files = sirv(folder, { brotli: true, gzip: true, etag: true, single: true, ignores: [`^${HASHED}`] });
  return (request, response, next) => {
    const refusalPolicy = response.getHeader(POLICY) ?? '';
    const isHashed = request.path.startsWith(HASHED);
    // Not where a file is sent: of a page that a browser has kept, the headers of "not modified" take the place of those it had.
    response.setHeader('Cache-Control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    response.setHeader(POLICY, PAGE_POLICY);
    response.setHeader('Permissions-Policy', 'camera=(self), geolocation=(), microphone=()');
    files(request, response, () => {
      response.setHeader(POLICY, refusalPolicy);
      response.removeHeader('Cache-Control');
      next();
    });
  };
}
