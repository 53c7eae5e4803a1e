import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readPackage } from '@assay/model-registry';
import { seededRandom } from '@assay/random';
import { recordingOutput } from '../output.ts';
import { train } from './train.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-wine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = join(import.meta.dirname, '../../../../configs/wine.yaml');

const columns = [
  ...[
    'fixed acidity',
    'volatile acidity',
    'citric acid',
    'residual sugar',
    'chlorides',
    'free sulfur dioxide',
  ],
  ...['total sulfur dioxide', 'density', 'pH', 'sulphates', 'alcohol'],
];

/** Made-up wines in the layout of the real ones, the better the more alcohol they have. */
function writeWines(): string {
  const random = seededRandom('wines');
  const rows = Array.from({ length: 240 }, (_, at) => {
    const quality = 3 + (at % 6);
    const values = columns.map((name) => (name === 'alcohol' ? 8 + quality / 2 : 5) + random.normal() / 4);
    return [...values.map((value) => value.toFixed(3)), quality].join(',');
  });
  const data = join(folder, 'wine');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'winequality-red.csv'), [[...columns, 'quality'].join(','), ...rows].join('\n'));
  return data;
}

async function digestOf(
  name: string,
  settings: readonly string[],
): Promise<{ digest: string; profile: string }> {
  const { package: written = '' } = await train(
    {
      config,
      settings: [
        ...[`data.path=${writeWines()}`, `registry=${join(folder, name)}`],
        ...['epochs=3', 'threads=1', ...settings],
      ],
      pack: true,
      state: join(folder, `${name}-state`),
    },
    { output: recordingOutput(), signal: new AbortController().signal },
  );
  const { manifest, path } = await readPackage(written);
  expect(existsSync(path('model.onnx'))).toBe(true);
  return { digest: manifest.modelDigest!, profile: readFileSync(path('reference-profile.json'), 'utf8') };
}

describe('the recipe of wine', () => {
  it('gives the same package for the same seed, and another for another', async () => {
    const first = await digestOf('first', []);
    expect(await digestOf('second', ['version=2.0.0'])).toEqual(first);
    const other = await digestOf('other', ['seed=2']);
    expect(other.digest).not.toBe(first.digest);
  });
});
