import { createHash } from 'node:crypto';
import type { TopLevelSpec } from 'vega-lite';
import type { ChartFrame } from './chart.ts';
import { chartConfig, themeStyle } from './theme.ts';

/** A Vega-Lite specification without what {@link renderChart} adds. */
export type ChartSpec = TopLevelSpec;

/**
 * Draws a Vega-Lite specification without a browser. Text is measured by an estimate and numbers are rounded,
 * so that equal input gives equal bytes on every machine. Labels may hold anything: they become escaped text.
 *
 * @returns A self-contained SVG: no script, no link, no font file; ids that no other picture in a page shares.
 */
export async function renderChart(spec: ChartSpec, frame: ChartFrame): Promise<string> {
  // Loaded when the first picture is drawn: most commands draw none.
  const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
  const view = new View(parse(compile({ ...spec, config: chartConfig } as ChartSpec).spec), {
    renderer: 'none',
  });
  try {
    return finish(await view.toSVG(), frame.description ?? frame.title ?? 'chart');
  } finally {
    view.finalize();
  }
}

/** What XML 1.0 does not allow in a document, escaped or not. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const definition = /<(?:clipPath|linearGradient|radialGradient|pattern) id="([^"]+)"/g;

function finish(svg: string, description: string): string {
  const body = svg
    .replace(notXml, '\ufffd')
    .replace(/<[^>]+>/g, (tag) => tag.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => round(number)));
  const ids = new Map([...body.matchAll(definition)].map(([, id], index) => [id!, index]));
  // Vega counts its ids through the whole process.
  const named = (prefix: string) =>
    body
      .replace(definition, (tag, id: string) => tag.replace(`"${id}"`, `"${prefix}${ids.get(id)!}"`))
      .replace(/="url\(#([^)"]+)\)"/g, (use, id: string) =>
        ids.has(id) ? `="url(#${prefix}${ids.get(id)!})"` : use,
      );
  const digest = createHash('sha256').update(named('')).digest('hex').slice(0, 8);
  const label = escapeXml(description.replace(notXml, '\ufffd'));
  return named(`c${digest}-`).replace(
    /^<svg ([^>]*)class="marks"([^>]*)>/,
    (_, before: string, after: string) =>
      `<svg ${before}class="assay-chart" role="img" aria-label="${label}"${after}><style>${themeStyle}</style>`,
  );
}

function round(number: string): string {
  return String(Math.round(Number(number) * 100) / 100 + 0);
}

/** Text as it may stand in an element or an attribute of XML and HTML. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
