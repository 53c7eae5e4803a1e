import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { encodeImage } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { recordingOutput } from '../output.ts';
import { corruptions, describeCorruption } from '@assay/preprocessing';
import { evaluate, type EvaluateRequest } from './evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (request: Partial<EvaluateRequest> & Pick<EvaluateRequest, 'model' | 'data'>) => {
  const output = recordingOutput();
  const registries = [join(import.meta.dirname, '../../../../models')];
  return evaluate(
    { registries, constants: {}, seed: 1, json: false, state: folder, ...request },
    output,
  ).then((result) => ({ result, output }));
};

/** Pictures of noise in the layout of a folder per label. */
async function noise(name: string, labels: readonly string[]): Promise<string> {
  const random = seededRandom(name);
  for (const label of labels)
    for (let n = 0; n < 3; n++) {
      const data = Uint8Array.from({ length: 32 * 32 * 3 }, () => random.integer(256));
      const file = join(folder, name, label, `${n}.png`);
      mkdirSync(join(folder, name, label), { recursive: true });
      writeFileSync(file, await encodeImage({ width: 32, height: 32, channels: 3, data }, 'png'));
    }
  return join(folder, name);
}

describe('evaluate', () => {
  it('measures robustness of the variant that is asked for, on as many images as are wanted', async () => {
    const data = await noise('noise', ['FAKE', 'REAL']);
    const { result, output } = await ask({ model: 'cifake', data, variant: 'fp32', robustness: 4 });
    expect(result.rows).toBe(6);
    expect(result.robustness?.images).toBe(4);
    expect(result.robustness?.rows.map(({ corruption }) => corruption)).toEqual(corruptions);
    const start = output.lines.findIndex((line) => line.startsWith('4 images, each changed'));
    const table = output.lines.slice(start + 1);
    expect(table[0]).toMatch(/^image +accuracy +change/);
    expect(table.slice(1).map((line) => line.split(/ {2,}/)[0])).toEqual([
      'as it is',
      ...corruptions.map(describeCorruption),
    ]);
    const plain = await ask({ model: 'cifake', data });
    expect(plain.result).not.toHaveProperty('robustness');
    expect(plain.output.lines.join('\n')).not.toContain('as it is');
  });

  it('corrupts no rows of features', async () => {
    await expect(ask({ model: 'wine', data: 'rows.csv', robustness: 4 })).rejects.toMatchObject({
      code: 'invalid-configuration',
      message: expect.stringMatching(/--robustness corrupts images; wine@.* takes rows of features/),
    });
  });
});
