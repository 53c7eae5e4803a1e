import type { Page } from 'playwright-core';
import { drawSample } from '../start/draw-sample.ts';

/** What is pictured, under which name. */
export interface View {
  readonly name: string;
  /** Goes to the view, and waits until what it is for is to be seen. @param url of the page */
  open(page: Page, url: string): Promise<void>;
}

/** Nothing is being fetched any more, and charts are drawn. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}

const at = (name: string, path: string, then?: (page: Page) => Promise<void>): View => ({
  name,
  async open(page, url) {
    await page.goto(url + path);
    await settled(page);
    await then?.(page);
    await settled(page);
  },
});

/** Turns the page to where an element begins. */
const scrollToStart = (selector: string) => async (page: Page) => {
  await page.locator(selector).first().waitFor();
  await page.evaluate(
    `scrollTo(0, document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().top + scrollY - 16)`,
  );
};

/** Turns the page by so many pixels, from its top. */
const scrollTo = (pixels: number) => async (page: Page) => {
  await page.mouse.wheel(0, -10_000);
  await page.mouse.wheel(0, pixels);
};

/** The views, in the order in which a visitor meets them. */
export const VIEWS: readonly View[] = [
  at('ask', '/', async (page) => {
    await page.getByRole('button', { name: 'Evening hills' }).click();
    await page.getByText('probable', { exact: false }).first().waitFor();
    await scrollToStart('.ask-result')(page);
  }),
  at('models', '/models'),
  at('model', '/models/ai-vs-real'),
  at('classes', '/models/birds', async (page) => {
    await page.getByRole('tab', { name: 'Classes' }).click();
    await scrollTo(470)(page);
  }),
  at('watch', '/watch?model=wine&span=week', async (page) => {
    await page.locator('.chart canvas').nth(2).waitFor();
    await scrollTo(320)(page);
  }),
  at('live', '/watch/live', async (page) => {
    await page.getByText('live', { exact: true }).waitFor();
    for (const [client, model] of [
      ['newsroom', 'ai-vs-real'],
      ['garden-app', 'leaves'],
      ['field-guide', 'birds'],
      ['newsroom', 'ai-vs-real'],
    ] as const) {
      const { origin } = new URL(page.url());
      await fetch(`${origin}/api/inference/predict?model=${model}`, {
        method: 'POST',
        headers: { 'Content-Type': 'image/png', 'Assay-Client': client },
        body: new Uint8Array(drawSample(320 + 16 * client.length, 256)),
      });
    }
    await page.locator('.watch-live-row').nth(3).waitFor();
  }),
  at('drift', '/watch/drift?model=wine'),
  {
    name: 'report',
    async open(page, url) {
      const response = await fetch(`${url}/api/drift/reports?model=wine&limit=1`);
      const { reports } = (await response.json()) as { reports: readonly { id: string }[] };
      await at('report', `/watch/drift/${reports[0]!.id}`).open(page, url);
    },
  },
];
