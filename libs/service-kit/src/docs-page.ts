import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { AssayError } from '@assay/schema';
import { z } from 'zod';
import { defineRoute, type Route } from './route.ts';
import { pageContentSecurityPolicy } from './security-headers.ts';

/** What the page loads from swagger-ui-dist, beside its own starter script. */
const distributed = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

const starter = `const specification = new URL('../openapi.json', document.currentScript.src).href;
SwaggerUIBundle({ url: specification, dom_id: '#documentation', deepLinking: true });
`;

const page = (title: string, base: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="${base}swagger-ui.css">
    <link rel="icon" type="image/png" href="${base}favicon-32x32.png">
  </head>
  <body>
    <main id="documentation"></main>
    <script src="${base}swagger-ui-bundle.js"></script>
    <script src="${base}start.js"></script>
  </body>
</html>
`;

/**
 * `/docs`: Swagger UI over `/openapi.json`. Everything comes from this origin and no script is inline, so the page
 * runs under a strict content security policy; links are relative, so it also works behind a path prefix.
 */
export function docsRoutes(title: string): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/docs',
      operationId: 'docs',
      tag: 'operations',
      summary: 'This documentation as a page',
      responses: { 200: { description: 'The page', content: { 'text/html': { schema: z.string() } } } },
      handle({ request, response }) {
        response.setHeader('Content-Security-Policy', pageContentSecurityPolicy);
        response.type('html').send(page(title, request.path.endsWith('/') ? './' : './docs/'));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/docs/{file}',
      operationId: 'docsFile',
      tag: 'operations',
      summary: 'What the page loads',
      params: { file: z.string() },
      problems: ['not-found'],
      responses: { 200: { description: 'A style sheet, a script or an icon' } },
      handle({ params, response }) {
        if (params.file === 'start.js') {
          response.type('text/javascript').send(starter);
          return;
        }
        const file = distributed.find((name) => name === params.file);
        if (file === undefined) throw new AssayError('not-found', 'This file is not part of the page.');
        const root = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
        response.sendFile(file, { root, maxAge: '1d' });
      },
    }),
  ];
}
