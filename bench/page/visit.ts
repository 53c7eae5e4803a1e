import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';

/** What a first visit to a view was like, milliseconds unless said otherwise. */
export interface Visit {
  /** First text or picture on the screen. */
  readonly firstPaint: number;
  /** The largest of them, as far as it came before anybody touched the page. */
  readonly largestPaint: number;
  /** Sum of what tasks after the first paint took beyond 50 ms each: how long a tap would have waited. */
  readonly blocking: number;
  /** The longest of these tasks. */
  readonly longest: number;
  /** How far things moved that were there before, 0 for not at all. */
  readonly shift: number;
  /** What came over the wire, kilobytes. */
  readonly kilobytes: number;
}

export interface VisitOptions {
  readonly url: string;
  /** What the view is complete with. */
  readonly selector: string;
  /** How many times slower than this machine its processor is. */
  readonly slowdown: number;
}

/** Nothing is fetched or computed any more once this has passed, milliseconds. */
const QUIET_MS = 2500;

/** How often it is asked whether the view is complete, and how long. Milliseconds. */
const AGAIN_MS = 250;
const PATIENCE_MS = 60_000;

/** Runs before the page's own script: some entries are told only to who observed before. */
const OBSERVE = `
  window.seen = { tasks: [], largest: 0, shift: 0 };
  const observe = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe('longtask', ({ startTime, duration }) => window.seen.tasks.push([startTime, duration]));
  observe('largest-contentful-paint', ({ startTime }) => { window.seen.largest = startTime; });
  observe('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) window.seen.shift += value; });
`;

const READ = `({
  ...window.seen,
  first: performance.getEntriesByName('first-contentful-paint')[0].startTime,
  bytes: [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
    .reduce((sum, { transferSize }) => sum + transferSize, 0),
})`;

interface Seen {
  /** Start and duration of each task of 50 ms or more. */
  readonly tasks: readonly (readonly [number, number])[];
  readonly largest: number;
  readonly shift: number;
  readonly first: number;
  readonly bytes: number;
}

/**
 * Opens a view in a browser that has kept nothing, and lets it settle. Blocking is counted as Lighthouse does, from the first paint on.
 * The page is looked at by bare expressions: Playwright's own waiting runs in the page's thread, and would be measured as well.
 *
 * @throws Error where the view is not complete in time
 */
export async function visit(browser: Browser, { url, selector, slowdown }: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 850 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const evaluate = async (expression: string) =>
      (await session.send('Runtime.evaluate', { expression, returnByValue: true })).result.value as unknown;
    await session.send('Page.enable');
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: OBSERVE });
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await session.send('Page.navigate', { url });
    const isComplete = `document.querySelector(${JSON.stringify(selector)}) !== null && document.querySelector('.skeleton') === null`;
    const until = Date.now() + PATIENCE_MS;
    while ((await evaluate(isComplete)) !== true) {
      if (Date.now() > until) throw new Error(`${url} was not complete within ${PATIENCE_MS / 1000} s`);
      await sleep(AGAIN_MS);
    }
    await sleep(QUIET_MS);
    const seen = (await evaluate(READ)) as Seen;
    const durations = seen.tasks
      .filter(([start, duration]) => start + duration > seen.first)
      .map(([start, duration]) => Math.min(duration, start + duration - seen.first));
    return {
      firstPaint: seen.first,
      largestPaint: seen.largest,
      blocking: durations.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
      longest: Math.max(0, ...durations),
      shift: seen.shift,
      kilobytes: seen.bytes / 1000,
    };
  } finally {
    await context.close();
  }
}
