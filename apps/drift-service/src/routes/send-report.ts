import { pagePolicy } from '@assay/drift-report';
import type { Request, Response } from 'express';
import { z } from 'zod';

/** As OpenAPI has a page. */
export const htmlContent = { 'text/html': { schema: z.string() } };

/** Sends a page that is one file: its policy lets it load and run nothing. */
export function sendPage(response: Response, page: string): void {
  response.setHeader('Content-Security-Policy', `${pagePolicy}; frame-ancestors 'self'`);
  response.type('html').send(page);
}

/** Whether the caller, a browser, would rather have a page than JSON. */
export function wantsPage(request: Request, response: Response): boolean {
  response.vary('Accept');
  return request.accepts(['json', 'html']) === 'html';
}
