import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { makePng, textChunk, withChunks } from '@assay/testing';
import type { Page } from 'playwright-core';

/** A file as a person chooses it. */
export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  buffer: Buffer;
}

/** A picture that is no photograph. */
export const picture = (name: string, grey: number): ChosenFile => ({
  name,
  mimeType: 'image/png',
  buffer: Buffer.from(makePng(64, 64, (x, y) => [grey, (x * 3) % 256, (y * 3) % 256])),
});

/** Chooses files as a person does. */
export const choose = (page: Page, ...files: ChosenFile[]) =>
  page.getByTestId('chooser').setInputFiles(files);

/** Photographs that are not in the repository. */
const PHOTOGRAPHS = resolve(__dirname, '../../../../shared/datasets/faces-ai-vs-real.tar.gz');

export const arePhotographsThere = existsSync(PHOTOGRAPHS);

/** The first photograph of the data set, which somebody took. */
export function photograph(): ChosenFile {
  const list = execFileSync('tar', ['-tzf', PHOTOGRAPHS], { encoding: 'utf8' });
  const name = list.split('\n').find((one) => /\/authentic\/.+\.jpg$/.test(one))!;
  const buffer = execFileSync('tar', ['-xzOf', PHOTOGRAPHS, name], { maxBuffer: 2 ** 26 });
  return { name: 'holiday.jpg', mimeType: 'image/jpeg', buffer };
}

/** What runs where metadata becomes markup. */
export const METADATA_ATTACK =
  '<img src=x onerror="window.attacked=true"><script>window.attacked=true</script>';

/** A picture whose metadata is somebody's who means harm: markup, text that turns round, and ten megabytes of EXIF. */
export function hostileMetadata(): ChosenFile {
  const { buffer, ...file } = picture('metadata.png', 33);
  const exif = Buffer.alloc(10_000_000, `${METADATA_ATTACK} `);
  exif.write('II*\0\x08\0\0\0', 0, 'latin1');
  const settings = `Steps: 20, Sampler: ${METADATA_ATTACK}, Model: \u202Egnp.live\u202E, Seed: ${'9'.repeat(500)}`;
  return {
    ...file,
    buffer: withChunks(
      buffer,
      textChunk('parameters', `${METADATA_ATTACK} ${'w'.repeat(5000)}\n${settings}`),
      { type: 'eXIf', data: exif },
    ),
  };
}
