import { createHash } from 'node:crypto';
import { iconDefinitions } from './icons.ts';
import { markup, type Markup, type Part } from './markup.ts';
import { pageStyle } from './page-style.ts';

const digest = createHash('sha256').update(pageStyle).digest('base64');

/**
 * The policy that a page of this library carries, and that a server should send with it: no network, no script, no style but its own.
 */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;

/** A whole document: one file, no network, no script. */
export function pageShell(
  title: string,
  { header, main }: { header: Markup; main: readonly Part[] },
): string {
  const style: Markup = { markup: pageStyle };
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${iconDefinitions}
${header}
<main>
${main}
</main>
</body>
</html>
`.markup;
}
