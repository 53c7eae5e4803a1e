import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makePng } from '@assay/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  accessibilityFaults,
  describeInBrowser,
  openBrowser,
  openPage,
  overflows,
  PATIENCE_MS,
  type WatchedPage,
} from './browser.fixture.ts';
import { addHostileModel, ATTACKS } from './hostile-model.fixture.ts';
import { startStack, type Stack } from './stack.fixture.ts';
import { describeReports } from './drift-reports.fixture.ts';
import { describeRuns } from './trainer-runs.fixture.ts';
import type { Visit } from './visit.fixture.ts';
import { writeTrainerState } from './trainer-state.fixture.ts';

jest.setTimeout(2 * PATIENCE_MS);

const root = resolve(__dirname, '../../..');
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

/** A picture that nobody took. @param at makes it another */
const picture = (at: number) =>
  makePng(128, 96, (x, y) => [(x * 2 + at * 20) % 256, (y * 3) % 256, (x + y + at) % 256]);

describeInBrowser('the Models and Watch views', () => {
  let registry: string;
  let state: string;
  let stack: Stack;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  /** What the page asked other origins for. */
  const foreign: string[] = [];

  beforeAll(async () => {
    registry = await mkdtemp(join(tmpdir(), 'assay-registry-'));
    await cp(join(root, 'models/ai-vs-real'), join(registry, 'ai-vs-real'), { recursive: true });
    await addHostileModel(registry);
    state = await mkdtemp(join(tmpdir(), 'assay-state-'));
    await writeTrainerState(state, ATTACKS[0]);
    stack = await startStack({ MODEL_REGISTRY: registry, STATE_FOLDER: state });
    browser = await openBrowser();
  }, PATIENCE_MS);

  afterAll(async () => {
    await browser.close();
    await stack[Symbol.asyncDispose]();
    for (const folder of [registry, state]) await rm(folder, { recursive: true, force: true });
  }, PATIENCE_MS);

  beforeEach(async () => {
    watched = await openPage(browser, { viewport: WIDE, reducedMotion: 'reduce' });
    ({ page } = watched);
    foreign.length = 0;
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(`${stack.url}/`))
        foreign.push(request.url());
    });
  });

  afterEach(async () => {
    await watched[Symbol.asyncDispose]();
  });

  /** Until nothing is being fetched any more. */
  const settled = async () => {
    await page.locator('h1').first().waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  };

  /** What makes the page wider than its window, once charts have followed it. */
  const tooWide = async () => {
    for (let attempt = 0; attempt < 20 && (await overflows(page)); attempt++) await page.waitForTimeout(100);
    if (!(await overflows(page))) return [];
    const culprits = await page.evaluate<string[]>(`[...document.querySelectorAll('main *')]
      .filter((one) => one.closest('.wide, .figure-table') === null)
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth)
      .map((one) => one.tagName + '.' + one.getAttribute('class'))`);
    return ['wider than the window', ...culprits];
  };
  const open = async (path: string) => {
    await page.goto(`${stack.url}${path}`);
    await settled();
  };
  const visit: Visit = {
    get page() {
      return page;
    },
    get url() {
      return stack.url;
    },
    get faults() {
      return watched.faults;
    },
    foreign,
    open,
    settled,
  };
  const tab = async (name: string) => {
    await page.getByRole('tab', { name }).click();
    await settled();
  };
  const ask = async (at: number, client: string) => {
    const response = await fetch(`${stack.url}/api/inference/predict?model=ai-vs-real`, {
      method: 'POST',
      headers: { 'Content-Type': 'image/png', 'Assay-Client': client },
      body: new Uint8Array(picture(at)),
    });
    return (await response.json()) as { id: string; decision: string };
  };

  it('what is served leads to its figures, its card with pictures, and to asking it', async () => {
    await open('/models');
    await page.getByRole('link', { name: 'How good is it? ai-vs-real' }).click();
    await page.getByRole('heading', { level: 1, name: 'ai-vs-real' }).waitFor();
    await settled();
    await page.getByText('Do its probabilities hold?').waitFor();
    await page.locator('.chart canvas').nth(1).waitFor();
    await tab('Robustness');
    expect(
      await page.getByRole('region', { name: 'Accuracy under corruptions' }).getByRole('row').count(),
    ).toBeGreaterThan(5);
    await tab('Forms and versions');
    expect(await page.getByText('champion').count()).toBe(1);
    await tab('Card');
    const figures = page.locator('.models-card-text img');
    await figures.first().waitFor();
    const shown = await page.evaluate<{ address: string; isDrawn: boolean }[]>(`Promise.all(
      [...document.querySelectorAll('.models-card-text img')].map(async (image) => {
        image.loading = 'eager';
        await image.decode();
        return { address: image.getAttribute('src'), isDrawn: image.naturalWidth > 0 };
      }),
    )`);
    for (const { address, isDrawn } of shown) {
      expect(isDrawn).toBe(true);
      expect(address).toMatch(/^\/api\/inference\/models\/ai-vs-real\/figures\/[\w-]+\.svg$/);
    }
    await page.getByRole('link', { name: 'Try it with ai-vs-real' }).click();
    expect(new URL(page.url()).search).toBe('?model=ai-vs-real');
    expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('ai-vs-real');
    expect(watched.faults).toEqual([]);
  });

  it('the confusion matrix is walked by arrow keys', async () => {
    await open('/models/ai-vs-real');
    await tab('Classes');
    await page.getByRole('application', { name: /Confusion matrix/ }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.models-matrix-said').textContent()).toMatch(
      /^authentic was right in \d+ of \d+$/,
    );
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.models-matrix-said').textContent()).toMatch(
      /^authentic was taken for AI-generated in/,
    );
  });

  it('the live tail shows a prediction as it comes, and holds', async () => {
    await open('/watch/live');
    await page.getByText('live', { exact: true }).waitFor();
    const { id, decision } = await ask(1, 'the test');
    const row = page.locator('.watch-live-row').first();
    await row.waitFor();
    expect(await row.getByRole('link').getAttribute('href')).toBe(`/result/${id}`);
    const said = await row.textContent();
    expect(said).toContain('the test');
    expect(said!.toLowerCase()).toContain(decision);
    await page.getByRole('button', { name: 'Hold' }).click();
    await ask(2, 'held back');
    await page.getByText('held, 1 new').waitFor();
    expect(await page.locator('.watch-live-row').count()).toBe(1);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('held back').waitFor();
  });

  it('the live tail shows a hostile client as text, and holds its layout on a phone', async () => {
    await page.setViewportSize(PHONE);
    await open('/watch/live');
    await page.getByText('live', { exact: true }).waitFor();
    const client = '<img src=x onerror=window.attacked=1>';
    await ask(3, client);
    const row = page.locator('.watch-live-row').first();
    await row.waitFor();
    expect(await row.textContent()).toContain(client);
    expect(await row.locator('img').count()).toBe(0);
    expect(await page.evaluate('window.attacked')).toBeUndefined();
    expect(await tooWide()).toEqual([]);
    expect(watched.faults).toEqual([]);
  });

  it('traffic counts what was asked', async () => {
    await open('/watch');
    await page.getByText('Time in the service', { exact: true }).waitFor();
    expect(await page.locator('.stat', { hasText: 'Requests' }).first().textContent()).toMatch(
      /^Requests[2-9]/,
    );
  });

  describeReports(visit);

  describeRuns(visit);

  it('a chart is walked by arrow keys, and says its values', async () => {
    await open('/models/ai-vs-real');
    const chart = page.getByRole('application', { name: /^Share that was right by confidence/ });
    await chart.locator('canvas').waitFor();
    await chart.focus();
    await page.keyboard.press('End');
    expect(await chart.locator('.chart-tip').innerText()).toMatch(/confident\s+right\s+[\d.<> ]+ %/);
    await page.keyboard.press('Tab');
    expect(await chart.locator('.chart-tip').count()).toBe(0);
  });

  it('nothing of a hostile model runs, reaches out or breaks the layout', async () => {
    const features = {
      'fixed acidity': 7.4,
      'volatile acidity': 0.7,
      'citric acid': 0,
      'residual sugar': 1.9,
      chlorides: 0.076,
      'free sulfur dioxide': 11,
      'total sulfur dioxide': 34,
      density: 0.9978,
      pH: 3.51,
      sulphates: 0.56,
      alcohol: 9.4,
      colour: 1,
    };
    const response = await fetch(`${stack.url}/api/inference/predict?model=hostile`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Assay-Client': '<img src=x onerror=attacked=1>' },
      body: JSON.stringify({ features }),
    });
    const { prediction, id } = (await response.json()) as { prediction: string; id: string };
    expect(ATTACKS).toContain(prediction);
    await page.setViewportSize(PHONE);
    for (const path of [
      '/models',
      '/models/hostile',
      '/watch',
      '/watch/live',
      '/?model=hostile',
      `/result/${id}`,
    ]) {
      await open(path);
      expect([path, await tooWide()]).toEqual([path, []]);
    }
    await open('/models/hostile');
    for (const name of ['Classes', 'Robustness', 'Forms and versions', 'Where it comes from', 'Card']) {
      await tab(name);
      expect([name, await tooWide()]).toEqual([name, []]);
    }
    const card = page.locator('.models-card-text');
    expect(await card.locator('script, iframe, svg, object, embed').count()).toBe(0);
    const attributes = (selector: string, name: string) =>
      page.evaluate(
        `[...document.querySelectorAll('.models-card-text ${selector}')].map((one) => one.getAttribute('${name}'))`,
      );
    expect(await attributes('a', 'href')).toEqual(['https://example.org/paper']);
    expect(await attributes('img', 'src')).toEqual(['/api/inference/models/hostile/figures/reliability.svg']);
    expect(await page.evaluate('window.attacked')).toBeUndefined();
    expect(foreign).toEqual([]);
    expect(watched.faults).toEqual([]);
  });

  it.each([
    '/models',
    '/models/ai-vs-real',
    '/models/-/runs',
    '/watch',
    '/watch/live',
    '/watch/drift',
    'report',
  ])(
    '%s: axe-core finds nothing, light or dark, and a phone shows it without scrolling sideways',
    async (wanted) => {
      const latest = async () => {
        const response = await fetch(`${stack.url}/api/drift/reports?model=ai-vs-real`);
        return ((await response.json()) as { reports: { id: string }[] }).reports[0]!.id;
      };
      await page.emulateMedia({ colorScheme: 'light' });
      await open(wanted === 'report' ? `/watch/drift/${await latest()}` : wanted);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.setViewportSize(PHONE);
      expect(await tooWide()).toEqual([]);
    },
  );
});
