import { describe, expect, it } from '@jest/globals';
import type { Pixels } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import type { ImageCache } from '../data/image-cache.ts';
import { epochOrder } from './batch-source.ts';
import { symmetricBeta } from './beta.ts';
import { imageBatches } from './image-batches.ts';
import { cutmix, mixup } from './mix.ts';
import { tableBatches } from './table-batches.ts';

describe('the order of an epoch', () => {
  it('visits every sample once, another way each epoch, and leaves an incomplete batch out', () => {
    const options = { seed: 1, epoch: 0, batchSize: 4 };
    const order = epochOrder(10, options);
    expect(order).toHaveLength(8);
    expect(new Set(order).size).toBe(8);
    expect(epochOrder(10, options)).toEqual(order);
    expect(epochOrder(10, { ...options, epoch: 1 })).not.toEqual(order);
  });

  it('repeats a set that is smaller than a batch', () => {
    const order = epochOrder(3, { seed: 1, epoch: 0, batchSize: 7 });
    const counts = [0, 1, 2].map((index) => order.filter((other) => other === index).length);
    expect(counts.sort()).toEqual([2, 2, 3]);
  });
});

describe('mixing', () => {
  const shape = { size: 3, height: 2, width: 2, channels: 1, labels: 3 };
  const batch = () => ({
    examples: Float32Array.from([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]),
    targets: Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]),
  });
  const draw = () => ({ alpha: 1, random: seededRandom('mix') });

  it('blends each image with the next as it was, targets by the same share', () => {
    const mixed = batch();
    mixup(mixed, shape, draw());
    for (let row = 0; row < 3; row++) {
      const next = (row + 1) % 3;
      const share = mixed.targets[row * 3 + row]!;
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(1);
      expect(mixed.targets[row * 3 + next]).toBeCloseTo(1 - share, 6);
      expect(mixed.examples[row * 4]).toBeCloseTo(share * row + (1 - share) * next, 5);
    }
  });

  it('pastes a rectangle of the next image and weighs the targets by area', () => {
    const mixed = batch();
    cutmix(mixed, shape, draw());
    for (let row = 0; row < 3; row++) {
      const next = (row + 1) % 3;
      const pixels = Array.from(mixed.examples.subarray(row * 4, row * 4 + 4));
      expect(pixels.every((value) => value === row || value === next)).toBe(true);
      expect(mixed.targets[row * 3 + next]).toBeCloseTo(
        pixels.filter((value) => value === next).length / 4,
        6,
      );
      expect(mixed.targets[row * 3]! + mixed.targets[row * 3 + 1]! + mixed.targets[row * 3 + 2]!).toBeCloseTo(
        1,
        6,
      );
    }
  });

  it('draws shares with the mean and variance of the Beta distribution', () => {
    const random = seededRandom('beta');
    const draws = Array.from({ length: 20_000 }, () => symmetricBeta(0.4, random));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(0.5, 1);
    // 1 / (4 (2 alpha + 1))
    expect(variance).toBeCloseTo(1 / 7.2, 2);
  });
});

describe('batches of images', () => {
  const pixels = (value: number): Pixels => ({
    width: 3,
    height: 3,
    channels: 3,
    data: Uint8Array.from({ length: 27 }, (_, index) => value + index),
  });
  const cache = {
    samples: [0, 1, 2, 3],
    pixels: (index: number) => pixels(index * 40),
  } as unknown as ImageCache;
  const options = {
    view: {
      width: 2,
      height: 2,
      augmentations: [{ type: 'crop', width: 2, height: 2, padding: 0, probability: 1 }],
    },
    normalise: { mean: [0, 0.5, 0], std: [1, 0.5, 2] },
    labels: 2,
    batchSize: 2,
    seed: 5,
  } as const;

  it('are normalised NHWC crops with one-hot targets, the same each time they are asked for', async () => {
    const source = imageBatches(cache, Int32Array.of(0, 1, 0, 1), {
      ...options,
      normalise: { mean: [0, 0.5, 0], std: [1, 0.5, 2] },
      view: { ...options.view, augmentations: [...options.view.augmentations] },
    });
    expect(source.stepsPerEpoch).toBe(2);
    const batch = await source.batch(3, 1);
    expect(batch.examples).toHaveLength(2 * 2 * 2 * 3);
    expect(batch.targets.reduce((sum, value) => sum + value, 0)).toBe(2);
    const [red = 0, green = 0, blue = 0] = batch.examples;
    const byte = Math.round(red * 255);
    expect(green).toBeCloseTo(((byte + 1) / 255 - 0.5) / 0.5, 5);
    expect(blue).toBeCloseTo((byte + 2) / 255 / 2, 5);
    expect(await source.batch(3, 1)).toEqual(batch);
  });

  it('refuse augmentations that do not end in the size of the view', async () => {
    const source = imageBatches(cache, Int32Array.of(0, 1, 0, 1), {
      ...options,
      normalise: { mean: [0, 0.5, 0], std: [1, 0.5, 2] },
      view: { width: 2, height: 2, augmentations: [] },
    });
    await expect(source.batch(0, 0)).rejects.toThrow('an image is 3 × 3, but the network takes 2 × 2');
  });
});

describe('batches of rows', () => {
  it('keep rows and classes together', async () => {
    const rows = [1, 2, 3, 4].map((value) => Float32Array.of(value, -value));
    const source = tableBatches(rows, Int32Array.of(0, 1, 2, 3), { labels: 4, batchSize: 4, seed: 1 });
    const { examples, targets } = await source.batch(0, 0);
    for (let row = 0; row < 4; row++) {
      expect(examples[row * 2 + 1]).toBe(-examples[row * 2]!);
      expect(targets[row * 4 + examples[row * 2]! - 1]).toBe(1);
    }
  });
});
