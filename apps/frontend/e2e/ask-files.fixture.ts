import type { RememberedPrediction } from '@assay/schema';
import { changePixel, createdManifest, makeTestSigner, signImage } from '@assay/testing';
import { describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { percent } from '../src/design/format.ts';
import { accessibilityFaults, openPage, overflows } from './browser.fixture.ts';
import {
  arePhotographsThere,
  choose,
  hostileMetadata,
  METADATA_ATTACK,
  photograph,
  picture,
} from './pictures.fixture.ts';
import type { Stack } from './stack.fixture.ts';

/** Tests of what a file brings with it, against services that were started for others as well. @param running asked when a test begins */
export function describeFiles(running: () => { readonly stack: Stack; readonly browser: Browser }): void {
  describe('asked about a file', () => {
    (arePhotographsThere ? it : it.skip)(
      'says of a real photograph what the service says, and the log has its measurements',
      async () => {
        const photo = photograph();
        const answered = await fetch(`${running().stack.url}/api/inference/predict?model=ai-vs-real`, {
          method: 'POST',
          headers: { 'Content-Type': photo.mimeType },
          body: new Uint8Array(photo.buffer),
        });
        const { decision, confidence } = (await answered.json()) as { decision: string; confidence: number };
        await using watched = await openPage(running().browser);
        const { page, faults } = watched;
        await page.goto(running().stack.url);
        await choose(page, photo);
        const answer = page.getByRole('article', { name: 'The picture and its answer' });
        await answer.getByText(`${percent(confidence)} probable`, { exact: false }).waitFor();
        await page.getByRole('link', { name: 'Open the result' }).click();
        const logged = (await (
          await fetch(
            `${running().stack.url}/api/drift/predictions/${new URL(page.url()).pathname.split('/').at(-1)}`,
          )
        ).json()) as RememberedPrediction;
        expect(logged.answer!.decision).toBe(decision);
        // The log keeps six digits.
        expect(logged.answer!.confidence).toBeCloseTo(confidence, 5);
        expect(logged.input).toMatchObject({ kind: 'image', format: 'jpeg', bytes: photo.buffer.length });
        expect(faults).toEqual([]);
      },
    );

    it('tells what a signature in the file says from what is left of it after a change', async () => {
      const { buffer, ...file } = picture('signed.png', 120);
      const signed = await signImage(buffer, {
        format: 'png',
        signer: makeTestSigner({ name: 'A camera maker' }),
        manifest: createdManifest('digitalCapture'),
      });
      await using watched = await openPage(running().browser);
      const { page, faults } = watched;
      await page.goto(running().stack.url);
      await choose(page, { ...file, buffer: signed });
      const evidence = page.locator('.ask-evidence');
      await evidence.getByText('intact: signed and unchanged', { exact: false }).waitFor();
      expect(await evidence.innerText()).toContain('A camera maker');
      expect(await evidence.getByText('tampered', { exact: false }).count()).toBe(0);

      await choose(page, { ...file, name: 'changed.png', buffer: changePixel(signed) });
      await page.getByRole('button', { name: /changed\.png/ }).click();
      await evidence.getByText('tampered: changed after it was signed').waitFor();
      expect(await evidence.getByText('intact: ', { exact: false }).count()).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('takes a photo with the camera, and lets go of it', async () => {
      await using watched = await openPage(running().browser);
      const { page, faults } = watched;
      await page.goto(running().stack.url);
      await page.getByRole('button', { name: 'Take a photo' }).click();
      const dialog = page.getByRole('dialog', { name: 'Take a photo' });
      await dialog.getByRole('button', { name: 'Take it', disabled: false }).waitFor();
      const [width, height] = await page.evaluate<[number, number]>(`(() => {
      const video = document.querySelector('dialog video');
      window.camera = video.srcObject.getTracks()[0];
      return [video.videoWidth, video.videoHeight];
    })()`);
      await dialog.getByRole('button', { name: 'Take it' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await page.evaluate('camera.readyState')).toBe('ended');
      await page.getByText('probable', { exact: false }).first().waitFor();
      await page.getByRole('tab', { name: 'The picture, measured' }).click();
      await page.getByText(`${width} × ${height} pixels`).waitFor();
      expect(faults).toEqual([]);
    });

    it('shows hostile metadata as text, runs nothing of it, and holds its layout on a phone', async () => {
      await using watched = await openPage(running().browser, { viewport: { width: 360, height: 740 } });
      const { page, faults } = watched;
      await page.goto(running().stack.url);
      await choose(page, hostileMetadata());
      const evidence = page.locator('.ask-evidence');
      await evidence.locator('.ask-finding').first().waitFor();
      const said = await evidence.innerText();
      expect(said).toContain(METADATA_ATTACK);
      expect(said).toContain('gnp.live');
      expect(said).not.toMatch(/\u202E/);
      expect(await evidence.locator('img, script').count()).toBe(0);
      expect(await overflows(page)).toBe(false);
      expect(await page.evaluate('window.attacked')).toBeUndefined();
      expect(faults).toEqual([]);
    });
  });
}
