import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { encodeImage } from '@assay/preprocessing';
import type { DetectionRates } from '../drift/detection-rates.ts';
import { simulate } from '../drift/simulate.ts';
import { recordingOutput } from '../output.ts';
import { folder, greenModel, pixels, registry, request, run } from './import.fixture.ts';

it('a model that was imported with sample inputs is watched: what changes is found, what does not is not', async () => {
  const samples = join(folder, 'street');
  mkdirSync(samples);
  for (let at = 0; at < 80; at++) {
    const level = 60 + ((at * 37) % 120);
    const data = Uint8Array.from({ length: 16 * 12 * 3 }, (_, i) => level + ((i * (i % 3)) % 60));
    writeFileSync(
      join(samples, `${at}.png`),
      await encodeImage({ width: 16, height: 12, channels: 3, data }, 'png'),
    );
  }
  const what = request(greenModel(), pixels, { samples });
  await run(what);
  const output = recordingOutput();
  await simulate(
    {
      folder: samples,
      model: what.name,
      registries: [registry],
      against: 'model',
      sizes: [40],
      windows: 2,
      images: 80,
      seed: 1,
      json: true,
      signal: new AbortController().signal,
    },
    output,
  );
  const { effects } = JSON.parse(output.lines.join('')) as { effects: DetectionRates[] };
  const rate = (name: string) => effects.find(({ effect }) => effect === name)?.sizes[0]?.drifted;
  expect([rate('as they are'), rate('encoded again')]).toEqual([0, 0]);
  expect([rate('grayscale'), rate('JPEG quality 20')]).toEqual([1, 1]);
}, 300_000);
