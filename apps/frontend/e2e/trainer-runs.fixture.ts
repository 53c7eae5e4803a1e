import { describe, expect, it } from '@jest/globals';
import { accessibilityFaults } from './browser.fixture.ts';
import { ATTACKS } from './hostile-model.fixture.ts';
import { RUNS } from './trainer-state.fixture.ts';
import type { Visit } from './visit.fixture.ts';

/** Tests of runs and sweeps, against services that were started for others as well. */
export function describeRuns(visit: Visit): void {
  describe('what the trainer left', () => {
    it('runs in the folder of the trainer are listed, compared and read; a hostile setting is text', async () => {
      await visit.open('/models/-/runs');
      for (const id of RUNS) await visit.page.getByRole('checkbox', { name: `Compare ${id}` }).check();
      const differences = visit.page.getByRole('region', { name: 'Settings in which the runs differ' });
      await differences.getByText('adam').waitFor();
      expect(await differences.innerText()).toContain(ATTACKS[0]);
      await visit.page.locator('.chart canvas').nth(1).waitFor();
      expect(await accessibilityFaults(visit.page)).toEqual([]);
      await visit.page.getByRole('link', { name: RUNS[0] }).click();
      await visit.page.getByRole('heading', { level: 1, name: RUNS[0] }).waitFor();
      await visit.settled();
      await visit.page.locator('.chart canvas').first().waitFor();
      expect(await visit.page.evaluate('window.attacked')).toBeUndefined();
      expect(visit.foreign).toEqual([]);
      expect(visit.faults).toEqual([]);
    });

    it('a sweep in the folder of the trainer shows its trials, the best first', async () => {
      await visit.open('/models/-/sweeps');
      await visit.page.getByRole('link', { name: 'See the trials of wine' }).click();
      const rows = visit.page.getByRole('region', { name: 'Trials, as a table' }).getByRole('row');
      await rows.nth(3).waitFor();
      expect(await rows.count()).toBe(4);
      expect(await rows.nth(1).innerText()).toMatch(/^2\s+finished\s+0\.8\s/);
      expect(await accessibilityFaults(visit.page)).toEqual([]);
      expect(visit.faults).toEqual([]);
    });
  });
}
