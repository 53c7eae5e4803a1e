import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { RememberedPrediction } from '@assay/schema';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  accessibilityFaults,
  describeInBrowser,
  openBrowser,
  openPage,
  overflows,
  PATIENCE_MS,
} from './browser.fixture.ts';
import { choose, picture } from './pictures.fixture.ts';
import { describeFiles } from './ask-files.fixture.ts';
import { startStack, type Stack } from './stack.fixture.ts';

jest.setTimeout(PATIENCE_MS);

/** Looks again and again; the test's own time limit ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(100);
}

describeInBrowser('the Ask view', () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    stack = await startStack();
    browser = await openBrowser();
  }, PATIENCE_MS);

  afterAll(async () => {
    await browser.close();
    await stack[Symbol.asyncDispose]();
  }, PATIENCE_MS);

  it('answers in words and as a number, with a heat map, and the times of the service', async () => {
    await using watched = await openPage(browser);
    const { page, faults } = watched;
    await page.goto(stack.url);
    await page.getByRole('button', { name: 'A drawn face' }).click();
    await page.getByText('probable', { exact: false }).first().waitFor();
    const answer = page.getByRole('article', { name: 'The picture and its answer' });
    expect(await answer.getByRole('heading').first().innerText()).toMatch(
      /^(Almost certainly|Very likely|Likely|Too close to call|Outside of what)/,
    );
    expect(await answer.innerText()).toMatch(/\d+ % probable/);
    const map = answer.getByRole('img', { name: /Heat map: orange speaks for/ });
    const strength = answer.getByRole('slider', { name: 'Strength of the heat map' });
    await strength.focus();
    await strength.press('Home');
    expect(await map.getAttribute('style')).toBe('opacity: 0;');
    await strength.press('End');
    expect(await map.getAttribute('style')).toBe('opacity: 1;');
    await page.getByRole('tab', { name: 'Evidence' }).click();
    await page.getByText('it does not change the score', { exact: false }).waitFor();
    await page.getByRole('tab', { name: 'Stability' }).click();
    await page.getByText('JPEG quality 90').waitFor();
    await page.getByRole('tab', { name: 'Where the time went' }).click();
    expect(await answer.innerText()).toMatch(/Looked at by the model\s+[\d.]+ m?s/);
    await page.getByRole('tab', { name: 'The picture, measured' }).click();
    await page.getByText('512 × 512 pixels').waitFor();
    expect(faults).toEqual([]);
  });

  describeFiles(() => ({ stack, browser }));

  it('takes feedback, which the log has then, and shares a result that holds no picture', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(stack.url);
    await choose(page, picture('mine.png', 90));
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByText('is noted').waitFor();
    await page.getByRole('link', { name: 'Open the result' }).click();
    await page.getByText('is noted').waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1)!;
    const response = await fetch(`${stack.url}/api/drift/predictions/${id}`);
    const logged = (await response.json()) as RememberedPrediction;
    expect(logged.feedback).toHaveLength(1);
    expect(logged.feedback[0]!.label).not.toBe(logged.answer!.prediction);
    expect(logged.client).toBe('page');

    await using elsewhere = await openPage(browser);
    await elsewhere.page.goto(`${stack.url}/result/${id}`);
    await elsewhere.page.getByText('64 × 64 pixels').waitFor();
    expect(await elsewhere.page.locator('main img').count()).toBe(0);
    expect(await accessibilityFaults(elsewhere.page)).toEqual([]);
    expect(elsewhere.faults).toEqual([]);
  });

  it('answers four of five when one is damaged, and exports what came of each', async () => {
    await using watched = await openPage(browser);
    const { page, faults } = watched;
    await page.goto(stack.url);
    const damaged = picture('damaged.png', 10);
    damaged.buffer = damaged.buffer.subarray(0, 60);
    await choose(
      page,
      picture('one.png', 40),
      picture('two.png', 90),
      damaged,
      picture('=three.png', 140),
      picture('four.png', 220),
    );
    const list = page.getByRole('region', { name: /5 pictures/ });
    await list.getByText('no answer').waitFor();
    await page.locator('#asked').filter({ hasNotText: 'to come' }).waitFor();
    await list.getByRole('button', { name: /damaged\.png/ }).click();
    await page.getByText('This file is damaged').first().waitFor();

    const saving = page.waitForEvent('download');
    await list.getByRole('button', { name: 'Save as CSV' }).click();
    const csv = await readFile(await (await saving).path(), 'utf8');
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => line.includes('This file is damaged'))).toHaveLength(1);
    expect(csv).toContain("'=three.png");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('takes what is pasted', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(stack.url);
    await page.getByRole('button', { name: 'Choose pictures' }).waitFor();
    await page.evaluate(`(() => {
      const bytes = Uint8Array.from(atob('${picture('', 120).buffer.toString('base64')}'), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
    })()`);
    await page.getByText('probable', { exact: false }).first().waitFor();
    await page.getByText('pasted.png').first().waitFor();
  });

  it('says when nothing answers, keeps the picture, and goes on by itself', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(stack.url);
    await page.getByRole('button', { name: 'Choose pictures' }).waitFor();
    await page.context().setOffline(true);
    await choose(page, picture('late.png', 60));
    await page.getByText('Waiting for the service').waitFor();
    await page.getByText('The service does not answer at the moment').waitFor();
    await page.context().setOffline(false);
    await page.getByText('probable', { exact: false }).first().waitFor();
    await page.getByText('The service does not answer at the moment').waitFor({ state: 'detached' });
  });

  it('fits a narrow phone, in the dark, and has no fault that axe finds', async () => {
    await using watched = await openPage(browser, {
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
    });
    const { page, faults } = watched;
    await page.goto(stack.url);
    await page.getByRole('button', { name: 'A drawn face' }).waitFor();
    expect(await overflows(page)).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(19, 21, 23)');
    expect(await accessibilityFaults(page)).toEqual([]);
    await choose(page, picture('narrow.png', 60));
    await page.getByText('probable', { exact: false }).first().waitFor();
    expect(await overflows(page)).toBe(false);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('looks as it was told, also on the next visit', async () => {
    await using watched = await openPage(browser, { colorScheme: 'dark' });
    const { page } = watched;
    await page.goto(stack.url);
    await page.getByRole('radio', { name: 'Light' }).click();
    await page.reload();
    await page.getByRole('radio', { name: 'Light' }).waitFor();
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(250, 249, 246)');
  });

  it('can be used by keyboard alone', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(stack.url);
    const sample = page.getByRole('button', { name: 'Evening hills' });
    await sample.waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    for (let presses = 0; presses < 30; presses += 1) {
      if (await page.evaluate('document.activeElement.textContent === "Evening hills"')) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByText('probable', { exact: false }).first().waitFor();
    expect(await page.getByRole('status').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/, [\d.<> ]+ %\.$/)]),
    );
  });

  it('shows hostile names as they are, runs nothing of them, and holds its layout', async () => {
    await using watched = await openPage(browser, { viewport: { width: 800, height: 700 } });
    const { page, faults } = watched;
    let spoke = false;
    page.on('dialog', (dialog) => {
      spoke = true;
      void dialog.dismiss();
    });
    await page.goto(stack.url);
    const script = '<img src=x onerror=alert(1)><script>alert(2)</script>.png';
    const reversed = '\u202Egnp.exe';
    const endless = `${'w'.repeat(230)}.png`;
    const svg = {
      name: 'drawing.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"><script>alert(4)</script></svg>',
      ),
    };
    await choose(page, picture(script, 1), picture(reversed, 2), picture(endless, 3), svg);
    await page.locator('#asked').filter({ hasNotText: 'to come' }).waitFor();
    expect(await page.getByText(script).first().innerText()).toBe(script);
    const isolation = `getComputedStyle([...document.querySelectorAll('bdi')].find((name) => name.textContent.includes('gnp.exe'))).unicodeBidi`;
    expect(await page.evaluate(isolation)).toBe('isolate');
    expect(await overflows(page)).toBe(false);
    expect(spoke).toBe(false);
    expect(faults).toEqual([]);
  });

  it('asks a model of numbers by a form, and compares what a number changes', async () => {
    await using watched = await openPage(browser);
    const { page, faults } = watched;
    await page.goto(stack.url);
    await page.getByRole('combobox', { name: 'Model' }).selectOption('wine');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('probable', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Keep it to compare' }).click();
    await page.getByRole('slider', { name: 'alcohol' }).press('End');
    await until(async () =>
      (await page.getByRole('row').allInnerTexts()).slice(1).some((row) => {
        const [, kept, now] = row.split('\t');
        return kept !== now;
      }),
    );
    await page.getByRole('heading', { name: /^Why “/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('keeps a history in this browser alone, until it is told to forget', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(stack.url);
    await choose(page, picture('kept.png', 77));
    const history = page.getByRole('region', { name: 'Asked from this browser' });
    await history.getByText('kept.png').waitFor();
    await page.reload();
    await history.getByText('kept.png').waitFor();
    await history.getByRole('button', { name: 'Forget all' }).click();
    await history.waitFor({ state: 'detached' });
    expect(await page.evaluate('localStorage.getItem("assay.history")')).toBeNull();
  });
});
