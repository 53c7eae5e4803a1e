import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeImage, type Pixels } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { cacheImages, openCache, type CachedImages } from '../data/image-cache.ts';
import type { ListedImage, Sample } from '../data/sample.ts';
import { openBatchThread } from './batch-thread.ts';
import { imageBatches, type ImageBatchOptions } from './image-batches.ts';
import { threadedBatches } from './threaded-batches.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-threads-'));
const side = 12;
const classes = Int32Array.from({ length: 10 }, (_, index) => index % 2);
const options: ImageBatchOptions = {
  view: {
    width: 8,
    height: 8,
    augmentations: [
      { type: 'jpeg', quality: [40, 90], chromaSubsampling: '4:2:0', probability: 0.5 },
      { type: 'crop', width: 8, height: 8, padding: 2, probability: 1 },
      { type: 'noise', sigma: [1, 5], probability: 0.5 },
    ],
    cutmix: { probability: 0.4, alpha: 1 },
    mixup: { probability: 0.4, alpha: 0.4 },
  },
  normalise: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
  labels: 2,
  batchSize: 4,
  seed: 3,
};
const kept: (Pixels | undefined)[] = [];
const samples: Sample<ListedImage>[] = [];
const images: CachedImages = {
  samples,
  options: { decode: { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' } },
  kept,
};

beforeAll(async () => {
  const random = seededRandom('threads');
  for (let index = 0; index < classes.length; index++) {
    const path = join(folder, `${index}.png`);
    const data = Uint8Array.from({ length: side * side * 3 }, () => random.integer(256));
    writeFileSync(path, await encodeImage({ width: side, height: side, channels: 3, data }, 'png'));
    samples.push({ kind: 'image', path, label: 'a', digest: `${index}` });
  }
  // Room for six of the ten: the others are decoded by whoever needs them.
  const budget = { remaining: 6 * side * side * 3 };
  kept.push(...(await cacheImages(samples, images.options, { budget })).images.kept);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('batches made in threads', () => {
  it('are those made in this thread, bit for bit, in whatever order and by however many threads', async () => {
    const here = imageBatches(openCache(images), classes, options);
    const wanted = [0, 1, 2, 3].flatMap((epoch) => [0, 1].map((step) => [epoch, step] as const));
    const expected = await Promise.all(wanted.map(([epoch, step]) => here.batch(epoch, step)));
    for (const threads of [1, 3]) {
      const source = threadedBatches({ images, classes, options }, threads);
      expect(source.stepsPerEpoch).toBe(here.stepsPerEpoch);
      const made = await Promise.all(wanted.toReversed().map(([epoch, step]) => source.batch(epoch, step)));
      await source.close();
      expect(made.toReversed()).toEqual(expected);
    }
  });

  it('share the pixels that are kept instead of copying them', () => {
    const whole = kept.filter((pixels) => pixels !== undefined);
    expect(whole).toHaveLength(6);
    expect(new Set(whole.map(({ data }) => data.buffer)).size).toBe(1);
    const [original] = whole;
    const [copy] = structuredClone(whole);
    original!.data[0] = 255 - original!.data[0]!;
    expect(copy!.data[0]).toBe(original!.data[0]);
    original!.data[0] = 255 - original!.data[0];
  });

  it('say what is wrong as this thread would, and go on with the next', async () => {
    const narrow = { ...options, view: { ...options.view, augmentations: [] } };
    const source = threadedBatches({ images, classes, options: narrow }, 1);
    for (const step of [0, 1])
      await expect(source.batch(0, step)).rejects.toMatchObject({
        code: 'invalid-configuration',
        message: expect.stringContaining(
          'an image is 12 × 12, but the network takes 8 × 8',
        ) as unknown as string,
      });
    await source.close();
  });

  it('start again after they were closed', async () => {
    const source = threadedBatches({ images, classes, options }, 2);
    const before = await source.batch(1, 1);
    await source.close();
    expect(await source.batch(1, 1)).toEqual(before);
    await source.close();
  });

  it('refuse every batch once their thread is lost', async () => {
    const broken = join(folder, 'broken.mjs');
    writeFileSync(
      broken,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));`,
    );
    const thread = openBatchThread({ images, classes, options }, pathToFileURL(broken));
    const pending = [thread.batch(0, 0), thread.batch(0, 1)];
    for (const batch of pending)
      await expect(batch).rejects.toThrow('A thread that makes batches has ended.');
    await expect(thread.batch(0, 2)).rejects.toThrow('has ended');
    await thread.close();
  });
});
