import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeImage } from '@assay/preprocessing';
import { cacheImages, openCache } from './image-cache.ts';
import type { ListedImage, Sample } from './sample.ts';

const decode = { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' } as const;
const folder = mkdtempSync(join(tmpdir(), 'assay-cache-'));
const samples: Sample<ListedImage>[] = [];

beforeAll(async () => {
  const painted = await Promise.all(
    [10, 200].map(async (grey, index) => {
      const path = join(folder, `${index}.png`);
      const data = new Uint8Array(4 * 3 * 3).fill(grey);
      writeFileSync(path, await encodeImage({ width: 4, height: 3, channels: 3, data }, 'png'));
      return { kind: 'image' as const, path, label: 'a', digest: `digest-${index}` };
    }),
  );
  samples.push(...painted);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = () => ({ decode: { ...decode, background: [255, 255, 255] as [number, number, number] } });

describe('the image cache', () => {
  it('keeps what the budget allows and decodes the rest when it is asked for', async () => {
    const budget = { remaining: 40 };
    const { images: kept, faults } = await cacheImages(samples, options(), { budget });
    const cache = openCache(kept);
    expect(faults).toEqual([]);
    expect(budget.remaining).toBe(4);
    const images = await Promise.all([cache.pixels(0), cache.pixels(1)]);
    expect(images.map(({ width, height, data }) => [width, height, data[0]])).toEqual([
      [4, 3, 10],
      [4, 3, 200],
    ]);
    expect([cache.pixels(0), cache.pixels(1)].filter((pixels) => pixels instanceof Promise)).toHaveLength(1);
  });

  it('brings images to size once, and encodes them again by their content alone', async () => {
    const resize = { mode: 'stretch', width: 2, height: 2, filter: 'bilinear', engine: 'pillow' } as const;
    const { images } = await cacheImages(
      samples,
      { ...options(), resize, reencode: [50, 60] },
      { budget: { remaining: 1e6 } },
    );
    const { width, height, data } = await openCache(images).pixels(1);
    expect([width, height]).toEqual([2, 2]);
    expect(data[0]).toBeGreaterThan(190);
  });

  it('keeps large sets on disk for the next run, and decodes anew when the file is not whole', async () => {
    const store = { folder: join(folder, 'store'), least: 2 };
    const load = () => cacheImages(samples, options(), { budget: { remaining: 1e6 }, store });
    await load();
    const [file = ''] = readdirSync(store.folder);
    expect(file).toMatch(/^pixels-[0-9a-f]{24}\.bin$/);
    const moved = samples.map((sample) => ({ ...sample, path: 'gone' }));
    const again = await cacheImages(moved, options(), { budget: { remaining: 1e6 }, store });
    expect((await openCache(again.images).pixels(1)).data).toEqual(new Uint8Array(36).fill(200));
    truncateSync(join(store.folder, file), 60);
    const { images, faults } = await load();
    expect(faults).toEqual([]);
    expect((await openCache(images).pixels(0)).data[0]).toBe(10);
  });

  it('lists what cannot be decoded', async () => {
    const path = join(folder, 'broken.png');
    writeFileSync(path, 'not an image');
    const broken = [{ kind: 'image' as const, path, label: 'a', digest: 'x' }];
    const { faults } = await cacheImages(broken, options(), { budget: { remaining: 1e6 } });
    expect(faults).toEqual([expect.stringContaining(path)]);
  });
});
