import { describe, expect, it } from '@jest/globals';
import { accessibilityFaults } from './browser.fixture.ts';
import type { Visit } from './visit.fixture.ts';

/** Tests of drift reports, against services that were started for others as well, and asked `ai-vs-real` something. */
export function describeReports(visit: Visit): void {
  describe('drift reports', () => {
    it('a report is run from the page, read, and kept as one page', async () => {
      await visit.open('/watch/drift');
      await visit.page.getByRole('combobox', { name: 'Model to look at' }).selectOption('ai-vs-real');
      await visit.page.getByRole('button', { name: 'Make a report' }).click();
      await visit.page.getByRole('link', { name: 'Read this report' }).click();
      await visit.page.getByRole('heading', { level: 1, name: 'Drift report' }).waitFor();
      await visit.settled();
      const verdict = visit.page.getByRole('region', { name: 'Verdict on ai-vs-real' });
      expect((await verdict.locator('.watch-verdict-sentence').textContent())!.length).toBeGreaterThan(20);
      expect(
        await visit.page.getByRole('region', { name: 'All features' }).getByRole('row').count(),
      ).toBeGreaterThan(10);
      const kept = await visit.page
        .getByRole('link', { name: 'As one page to keep or send' })
        .getAttribute('href');
      const response = await fetch(visit.url + kept!);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(/^text\/html/),
      ]);
      await visit.page.getByRole('link', { name: 'All reports' }).click();
      await visit.page.getByRole('region', { name: 'Reports' }).getByRole('link').first().waitFor();
    });

    it('two reports are laid side by side', async () => {
      await fetch(`${visit.url}/api/drift/reports`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ model: 'ai-vs-real', window: '7d' }),
      });
      await visit.open('/watch/drift');
      const compare = visit.page.getByRole('button', { name: 'Compare the two chosen' });
      const boxes = visit.page.getByRole('checkbox', { name: /^Compare ai-vs-real/ });
      await boxes.first().check();
      expect(await compare.isDisabled()).toBe(true);
      await boxes.nth(1).check();
      await compare.click();
      await visit.page.getByRole('heading', { level: 1, name: 'Two reports compared' }).waitFor();
      await visit.settled();
      expect(await visit.page.getByRole('region', { name: 'Verdict on ai-vs-real' }).count()).toBe(2);
      expect(await accessibilityFaults(visit.page)).toEqual([]);
    });

    it('of a model that nothing was asked of a report says so, in words', async () => {
      await visit.open('/watch/drift');
      await visit.page.getByRole('combobox', { name: 'Model to look at' }).selectOption('hostile');
      await visit.page.getByRole('button', { name: 'Make a report' }).click();
      const said = visit.page.locator('.watch-run ~ .notice, .watch-run ~ [role=status]');
      await said.waitFor();
      expect(await said.textContent()).toMatch(/no predictions of hostile/i);
    });
  });
}
