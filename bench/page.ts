/**
 * What a first visit to each view of the page costs: paints, blocking and bytes, on this processor and on one four times slower.
 *
 *   node bench/page.ts [--runs 5] [--slowdown 4]
 *
 * Chromium, with nothing kept, against the services with the models that ship and three days of remembered traffic. Medians of the runs;
 * budget at the slowdown: first contentful paint within 1 s, total blocking time within 150 ms. Chromium's throttling slows the thread
 * that runs the page alone, and what else the machine does is in the figures: measure at rest.
 */
import { join, resolve } from 'node:path';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { rememberDays } from '../scripts/screenshots/remember.ts';
import { startServices } from '../scripts/screenshots/services.ts';
import { visit, type Visit } from './page/visit.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, slowdown: { type: 'string', default: '4' } },
});
const runs = Number(values.runs);
const slowdowns = [1, Number(values.slowdown)];
const root = resolve(join(import.meta.dirname, '..'));

const FIRST_PAINT_MS = 1000;
const BLOCKING_MS = 150;

/** Each view, and what it is complete with. */
const VIEWS = [
  { name: 'Ask', path: '/', selector: '.ask-sample' },
  { name: 'Models', path: '/models', selector: '.models-list' },
  { name: 'one model', path: '/models/ai-vs-real', selector: '.chart canvas' },
  { name: 'Watch', path: '/watch?model=wine', selector: '.chart canvas' },
  { name: 'drift', path: '/watch/drift?model=wine', selector: '.watch-verdicts' },
] as const;

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const COLUMNS: readonly { readonly title: string; text(visits: readonly Visit[]): string }[] = [
  { title: 'first paint', text: (visits) => `${median(visits.map((one) => one.firstPaint)).toFixed(0)} ms` },
  { title: 'largest', text: (visits) => `${median(visits.map((one) => one.largestPaint)).toFixed(0)} ms` },
  { title: 'blocking', text: (visits) => `${median(visits.map((one) => one.blocking)).toFixed(0)} ms` },
  { title: 'longest', text: (visits) => `${median(visits.map((one) => one.longest)).toFixed(0)} ms` },
  { title: 'shift', text: (visits) => median(visits.map((one) => one.shift)).toFixed(3) },
  { title: 'wire', text: (visits) => `${median(visits.map((one) => one.kilobytes)).toFixed(0)} KB` },
];

const write = (name: string, cells: readonly string[], verdict = '') =>
  process.stdout.write(`${name.padEnd(14)}${cells.map((cell) => cell.padStart(13)).join('')}   ${verdict}\n`);

await using services = await startServices(root);
await rememberDays(services.url, services.bus, root);
await fetch(`${services.url}/api/drift/reports`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ model: 'wine', window: '24h' }),
});
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const slowdown of slowdowns) {
    process.stdout.write(
      `\nprocessor ${slowdown} × slower, median of ${runs}, load ${loadavg()[0]!.toFixed(1)}\n`,
    );
    write(
      '',
      COLUMNS.map(({ title }) => title),
    );
    for (const { name, path, selector } of VIEWS) {
      const visits: Visit[] = [];
      for (let run = 0; run < runs; run++)
        visits.push(await visit(browser, { url: services.url + path, selector, slowdown }));
      const isMet =
        median(visits.map(({ firstPaint }) => firstPaint)) <= FIRST_PAINT_MS &&
        median(visits.map(({ blocking }) => blocking)) <= BLOCKING_MS;
      write(
        name,
        COLUMNS.map(({ text }) => text(visits)),
        slowdown === 1 ? '' : isMet ? 'met' : 'MISSED',
      );
    }
  }
} finally {
  await browser.close();
}
