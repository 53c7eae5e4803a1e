import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { decodeImage, encodeImage, seededRandom } from '@assay/preprocessing';
import { shrinkData } from './shrink-data.ts';

const spec = { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' } as never;
let folder: string;

async function photograph(seed: string): Promise<Uint8Array> {
  const random = seededRandom(seed);
  const data = Uint8Array.from({ length: 40 * 30 * 3 }, () => random.integer(256));
  return encodeImage({ width: 40, height: 30, channels: 3, data }, 'png');
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shrink-'));
  for (const label of ['authentic', 'ai-generated']) {
    mkdirSync(join(folder, 'source', label), { recursive: true });
    for (let i = 0; i < 10; i++)
      writeFileSync(join(folder, 'source', label, `${i}.png`), await photograph(`${label} ${i}`));
  }
});

const request = (more: object = {}) => ({
  source: join(folder, 'source'),
  target: join(folder, 'small'),
  size: 16,
  labels: { authentic: 'REAL', 'ai-generated': 'FAKE' },
  test: 0.2,
  seed: 1,
  state: join(folder, 'state'),
  ...more,
});

describe('shrinkData', () => {
  it('writes every image at the size, under its new label, in one of two parts', async () => {
    expect(await shrinkData(request())).toEqual({ train: 16, test: 4 });
    const target = join(folder, 'small');
    expect(readdirSync(target).sort()).toEqual(['test', 'train']);
    for (const [part, count] of [
      ['train', 8],
      ['test', 2],
    ] as const) {
      expect(readdirSync(join(target, part)).sort()).toEqual(['FAKE', 'REAL']);
      const files = readdirSync(join(target, part, 'REAL'));
      expect(files).toHaveLength(count);
      for (const file of files) {
        const image = await decodeImage(readFileSync(join(target, part, 'REAL', file)), { spec });
        expect(image).toMatchObject({ width: 16, height: 16, format: 'jpeg' });
      }
    }
  });

  it('makes the same files of the same data and seed', async () => {
    await shrinkData(request());
    await shrinkData(request({ target: join(folder, 'again') }));
    const listed = (name: string) =>
      readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).sort();
    expect(listed('again')).toEqual(listed('small'));
    const one = listed('small').find((path) => path.endsWith('.jpg'))!;
    expect(readFileSync(join(folder, 'again', one))).toEqual(readFileSync(join(folder, 'small', one)));
  });

  it('names every file that is no image, and writes nothing', async () => {
    writeFileSync(join(folder, 'source', 'authentic', 'note.png'), 'no image');
    writeFileSync(join(folder, 'source', 'ai-generated', 'other.png'), 'nor this');
    // Of the same class and of another: faults of both are in one error.
    await expect(shrinkData(request())).rejects.toThrow(/other\.png[\s\S]*note\.png/);
    expect(readdirSync(folder).filter((name) => name.startsWith('small'))).toEqual([]);
  });

  it('refuses a target that exists and a label that does not', async () => {
    await expect(shrinkData(request({ target: folder }))).rejects.toThrow('exists already');
    await expect(shrinkData(request({ labels: { real: 'REAL' } }))).rejects.toThrow(
      'there is no class "real" to rename; classes are: ai-generated, authentic',
    );
  });
});
