/**
 * `npm run screenshots`: pictures of the page for the documentation, in docs/screenshots. Starts the services with the models that ship,
 * lets three days of drawn wines pass, and takes each view by day, by night and on a phone. No picture of any data set is shown.
 * Names of views as arguments: only those.
 */
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { rememberDays } from './screenshots/remember.ts';
import { startServices } from './screenshots/services.ts';
import { VIEWS } from './screenshots/views.ts';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'docs/screenshots');

/** Where Debian has the browser. */
const CHROMIUM = '/usr/bin/chromium';
const PATIENCE_MS = 600_000;

/** Larger files make a page of documentation slow. */
const MOST_BYTES = 200_000;

const LOOKS = [
  { look: 'light', viewport: { width: 1180, height: 850 }, colorScheme: 'light' },
  { look: 'dark', viewport: { width: 1180, height: 850 }, colorScheme: 'dark' },
  { look: 'phone', viewport: { width: 360, height: 740 }, colorScheme: 'light' },
] as const;

const wanted = process.argv.slice(2);
const views = VIEWS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

await mkdir(folder, { recursive: true });
await using services = await startServices(root);
const { url, bus } = services;
await rememberDays(url, bus, root);
for (const window of ['7d', '24h'])
  await fetch(`${url}/api/drift/reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ model: 'wine', window }),
  });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
try {
  for (const { look, ...options } of LOOKS) {
    const context = await browser.newContext({ ...options, reducedMotion: 'reduce', locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    for (const { name, open } of views) {
      const file = join(folder, `${name}-${look}.png`);
      await open(page, url);
      // Nothing is pointed at or about to be pressed.
      await page.mouse.move(0, 0);
      await page.evaluate('document.activeElement.blur()');
      await page.screenshot({ path: file });
      const { size } = await stat(file);
      process.stdout.write(`${name}-${look}.png ${Math.round(size / 1000)} KB\n`);
      if (size > MOST_BYTES) process.exitCode = 1;
    }
    await context.close();
  }
} finally {
  await browser.close();
}
