import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeImage, encodeImage, seededRandom } from '@assay/preprocessing';
import { shrinkData } from './shrink-data.ts';

const spec = { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' } as never;
const root = mkdtempSync(join(tmpdir(), 'shrink-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function photograph(seed: string): Promise<Uint8Array> {
  const random = seededRandom(seed);
  const data = Uint8Array.from({ length: 40 * 30 * 3 }, () => random.integer(256));
  return encodeImage({ width: 40, height: 30, channels: 3, data }, 'png');
}

const source = join(root, 'source');
beforeAll(async () => {
  for (const label of ['authentic', 'ai-generated']) {
    mkdirSync(join(source, label), { recursive: true });
    for (let i = 0; i < 10; i++)
      writeFileSync(join(source, label, `${i}.png`), await photograph(`${label} ${i}`));
  }
});

const request = (target: string, more: object = {}) => ({
  source,
  target: join(root, target),
  size: 16,
  labels: { authentic: 'REAL', 'ai-generated': 'FAKE' },
  test: 0.2,
  seed: 1,
  state: join(root, 'state'),
  ...more,
});

describe('shrinkData', () => {
  it('writes every image at the size, under its new label, in one of two parts', async () => {
    const target = join(root, 'layout');
    expect(await shrinkData(request('layout'))).toEqual({ train: 16, test: 4 });
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
    await shrinkData(request('once'));
    await shrinkData(request('again'));
    const listed = (name: string) =>
      readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).sort();
    expect(listed('again')).toEqual(listed('once'));
    const one = listed('once').find((path) => path.endsWith('.jpg'))!;
    expect(readFileSync(join(root, 'again', one))).toEqual(readFileSync(join(root, 'once', one)));
  });

  it('names every file that is no image, and writes nothing', async () => {
    const faulty = join(root, 'faulty');
    cpSync(source, faulty, { recursive: true });
    writeFileSync(join(faulty, 'authentic', 'note.png'), 'no image');
    writeFileSync(join(faulty, 'ai-generated', 'other.png'), 'nor this');
    // Of one class and of the other: faults of both are in one error.
    const shrunk = shrinkData(request('refused', { source: faulty }));
    await expect(shrunk).rejects.toThrow(/other\.png[\s\S]*note\.png/);
    expect(readdirSync(root).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  it('refuses a target that exists and a label that does not', async () => {
    await expect(shrinkData(request('source'))).rejects.toThrow('exists already');
    await expect(shrinkData(request('other', { labels: { real: 'REAL' } }))).rejects.toThrow(
      'there is no class "real" to rename; classes are: ai-generated, authentic',
    );
  });
});
