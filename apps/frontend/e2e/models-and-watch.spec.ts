import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import sharp from 'sharp';
import { addHostileModel, ATTACKS } from './hostile-model.fixture.ts';
import { CHROMIUM, hasChromium, overflow, settled, violations } from './page.fixture.ts';
import { startAll, type Started } from './started.fixture.ts';

/** Services that start and a browser that draws take their time on a busy machine. */
const PATIENCE_MS = 600_000;
jest.setTimeout(PATIENCE_MS);

const root = resolve(import.meta.dirname, '../../..');

/** A picture that nobody took. @param at makes it another */
function picture(at: number): Promise<Buffer> {
  const [width, height] = [256, 192];
  const pixels = Buffer.from(
    Array.from(
      { length: width * height * 3 },
      (_, byte) => 128 + 90 * Math.sin(byte / (37 + at)) + ((byte * 31) % 29),
    ),
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

(hasChromium ? describe : describe.skip)('Models and Watch in a browser', () => {
  let registry: string;
  let services: Started;
  let browser: Browser;
  let page: Page;
  /** Addresses of other origins that the page asked for. */
  let foreign: string[];
  let faults: string[];

  beforeAll(async () => {
    registry = await mkdtemp(join(tmpdir(), 'assay-registry-'));
    await cp(join(root, 'models/ai-vs-real'), join(registry, 'ai-vs-real'), { recursive: true });
    await addHostileModel(registry);
    services = await startAll(registry);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS / 4);
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== services.url && protocol !== 'blob:' && protocol !== 'data:')
        foreign.push(request.url());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
  }, PATIENCE_MS);

  afterAll(async () => {
    await browser?.close();
    await services?.[Symbol.asyncDispose]();
    await rm(registry, { recursive: true, force: true });
  }, PATIENCE_MS);

  beforeEach(() => {
    foreign = [];
    faults = [];
  });

  const open = async (path: string) => {
    await page.goto(`${services.url}${path}`);
    await settled(page);
  };
  const tab = async (name: string) => {
    await page.getByRole('tab', { name }).click();
    await settled(page);
  };
  const ask = async (at: number, client: string) => {
    const response = await fetch(`${services.url}/api/inference/predict?model=ai-vs-real`, {
      method: 'POST',
      headers: { 'Content-Type': 'image/jpeg', 'Assay-Client': client },
      body: new Uint8Array(await picture(at)),
    });
    return (await response.json()) as { id: string; decision: string };
  };

  it('what is served leads to its figures, its card with pictures, and to asking it', async () => {
    await open('/models');
    await page.getByRole('link', { name: 'How good is it? ai-vs-real' }).click();
    await page.getByRole('heading', { level: 1, name: 'ai-vs-real' }).waitFor();
    await settled(page);
    await page.getByText('Do its probabilities hold?').waitFor();
    expect(await page.locator('.recharts-surface').count()).toBeGreaterThan(1);
    await tab('Robustness');
    expect(
      await page.getByRole('region', { name: 'Accuracy under corruptions' }).getByRole('row').count(),
    ).toBeGreaterThan(5);
    await tab('Forms and versions');
    expect(await page.getByText('champion').count()).toBe(1);
    await tab('Card');
    const figures = page.locator('.models-card-text img');
    await figures.first().waitFor();
    for (const figure of await figures.all()) {
      await figure.scrollIntoViewIfNeeded();
      await page.waitForFunction(
        (image) => (image as HTMLImageElement).naturalWidth > 0,
        await figure.elementHandle(),
      );
      expect(await figure.getAttribute('src')).toMatch(
        /^\/api\/inference\/models\/ai-vs-real\/figures\/[\w-]+\.svg$/,
      );
    }
    await page.getByRole('link', { name: 'Try it with ai-vs-real' }).click();
    expect(new URL(page.url()).search).toBe('?model=ai-vs-real');
    expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('ai-vs-real');
    expect(faults).toEqual([]);
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

  it('traffic counts what was asked', async () => {
    await open('/watch');
    await page.getByText('Time in the service').waitFor();
    expect(await page.locator('.stat', { hasText: 'Requests' }).first().textContent()).toMatch(
      /^Requests[2-9]/,
    );
  });

  it('a report is run from the page, read, and kept as one page', async () => {
    await open('/watch/drift');
    await page.getByRole('combobox', { name: 'Model to look at' }).selectOption('ai-vs-real');
    await page.getByRole('button', { name: 'Make a report' }).click();
    await page.getByRole('link', { name: 'Read this report' }).click();
    await page.getByRole('heading', { level: 1, name: 'Drift report' }).waitFor();
    await settled(page);
    const verdict = page.getByRole('region', { name: 'Verdict on ai-vs-real' });
    expect((await verdict.locator('.watch-verdict-sentence').textContent())!.length).toBeGreaterThan(20);
    expect(await page.getByRole('region', { name: 'All features' }).getByRole('row').count()).toBeGreaterThan(
      10,
    );
    const kept = await page.getByRole('link', { name: 'As one page to keep or send' }).getAttribute('href');
    const response = await fetch(services.url + kept!);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/html/),
    ]);
    await page.getByRole('link', { name: 'All reports' }).click();
    await page.getByRole('region', { name: 'Reports' }).getByRole('link').first().waitFor();
  });

  it('a model that does not know what it was measured on is told so, in words', async () => {
    await open('/watch/drift');
    await page.getByRole('combobox', { name: 'Model to look at' }).selectOption('hostile');
    await page.getByRole('button', { name: 'Make a report' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/reference/i);
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
    const response = await fetch(`${services.url}/api/inference/predict?model=hostile`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Assay-Client': '<img src=x onerror=attacked=1>' },
      body: JSON.stringify({ features }),
    });
    const { prediction, id } = (await response.json()) as { prediction: string; id: string };
    expect(ATTACKS).toContain(prediction);
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of [
      '/models',
      '/models/hostile',
      '/watch',
      '/watch/live',
      '/?model=hostile',
      `/result/${id}`,
    ]) {
      await open(path);
      expect([path, await overflow(page)]).toEqual([path, 0]);
    }
    await open('/models/hostile');
    for (const name of ['Classes', 'Robustness', 'Forms and versions', 'Where it comes from', 'Card']) {
      await tab(name);
      expect([name, await overflow(page)]).toEqual([name, 0]);
    }
    const card = page.locator('.models-card-text');
    expect(await card.locator('script, iframe, svg, object, embed').count()).toBe(0);
    expect(
      await card.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['https://example.org/paper']);
    expect(
      await card.locator('img').evaluateAll((images) => images.map((image) => image.getAttribute('src'))),
    ).toEqual(['/api/inference/models/hostile/figures/reliability.svg']);
    expect(await page.evaluate(() => (globalThis as { attacked?: unknown }).attacked)).toBeUndefined();
    expect(foreign).toEqual([]);
    expect(faults).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
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
        const response = await fetch(`${services.url}/api/drift/reports?model=ai-vs-real`);
        return ((await response.json()) as { reports: { id: string }[] }).reports[0]!.id;
      };
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await open(wanted === 'report' ? `/watch/drift/${await latest()}` : wanted);
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize({ width: 1280, height: 900 });
    },
  );
});
