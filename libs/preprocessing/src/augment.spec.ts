import { describe, expect, it } from '@jest/globals';
import { augmentationSpec, type AugmentationInput } from '@assay/schema';
import { seededRandom } from '@assay/random';
import fc from 'fast-check';
import { augment } from './augment.ts';
import { greyImage, randomImage, toRows } from './spec-support/random-image.ts';
import type { Pixels } from './pixels.ts';

/** Augments with the defaults of the spec filled in. */
async function change(
  image: Pixels,
  list: readonly AugmentationInput[],
  seed: number | string = 1,
): Promise<Pixels> {
  const specs = list.map((spec) => augmentationSpec.parse(spec));
  return augment(image, specs, seededRandom(seed));
}

const everything: AugmentationInput[] = [
  { type: 'resize', scale: [0.7, 1.4], filter: 'bicubic' },
  { type: 'rotate', degrees: 15, probability: 0.5 },
  { type: 'colour-jitter', brightness: 0.3, contrast: 0.3, saturation: 0.3 },
  { type: 'crop', width: 24, height: 20, padding: 2 },
  { type: 'flip' },
  { type: 'rotate90' },
  { type: 'blur', sigma: [0.3, 2], probability: 0.5 },
  { type: 'jpeg', quality: [40, 95], probability: 0.5 },
  { type: 'noise', sigma: [0, 12] },
];

const small = greyImage([
  [1, 2, 3],
  [4, 5, 6],
]);
const anyImage = fc
  .record({
    width: fc.integer({ min: 1, max: 24 }),
    height: fc.integer({ min: 1, max: 24 }),
    channels: fc.constantFrom(1 as const, 3 as const),
    seed: fc.nat(),
  })
  .map(({ width, height, ...options }) => randomImage(width, height, options));

describe('augment', () => {
  it('gives the same bytes for the same seed and others for another', async () => {
    const image = randomImage(40, 36);
    const seeds = Array.from({ length: 12 }, (_, i) => i);
    const first = await Promise.all(seeds.map((seed) => change(image, everything, seed)));
    const again = await Promise.all(seeds.map((seed) => change(image, everything, seed)));
    expect(again).toEqual(first);
    expect(new Set(first.map(({ data }) => Buffer.from(data).toString('base64'))).size).toBe(seeds.length);
  });

  it('leaves the image given as it was', async () => {
    const image = randomImage(40, 36);
    const before = Uint8Array.from(image.data);
    for (let seed = 0; seed < 8; seed++) await change(image, everything, seed);
    expect(image.data).toEqual(before);
  });

  it('returns the image itself where nothing is drawn', async () => {
    const never = everything
      .filter(({ type }) => type !== 'crop')
      .map((spec) => ({ ...spec, probability: 0 }));
    expect(await change(small, never)).toBe(small);
  });

  it('gives every image the size of the crop, whatever else is drawn', () =>
    fc.assert(
      fc.asyncProperty(anyImage, fc.nat(), async (image, seed) => {
        const { width, height, channels, data } = await change(image, everything, seed);
        const sides = [width, height].sort((a, b) => a - b);
        expect([...sides, channels, data.length]).toEqual([20, 24, image.channels, 480 * image.channels]);
      }),
      { numRuns: 40 },
    ));
});

describe('crop and flip', () => {
  it('undo themselves: flipped twice, an image is as it was', () =>
    fc.assert(
      fc.asyncProperty(anyImage, fc.constantFrom('horizontal', 'vertical'), async (image, axis) => {
        const flip = { type: 'flip', axis, probability: 1 } as const;
        expect((await change(image, [flip, flip])).data).toEqual(image.data);
      }),
    ));

  it('mirror left to right, and top to bottom', async () => {
    expect(toRows(await change(small, [{ type: 'flip', probability: 1 }]))).toEqual([
      [3, 2, 1],
      [6, 5, 4],
    ]);
    expect(toRows(await change(small, [{ type: 'flip', axis: 'vertical', probability: 1 }]))).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ]);
  });

  it('cut within the image where it is large enough, at every place', async () => {
    const image = greyImage([[0, 1, 2, 3, 4]]);
    const seen = new Set<number>();
    for (let seed = 0; seed < 60; seed++) {
      const { data } = await change(image, [{ type: 'crop', width: 3, height: 1 }], seed);
      expect([...data]).toEqual([data[0]!, data[0]! + 1, data[0]! + 2]);
      seen.add(data[0]!);
    }
    expect([...seen].sort()).toEqual([0, 1, 2]);
  });

  it('reach into the reflection by no more than the padding', async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const spec = { type: 'crop', width: 3, height: 1, padding: 1 } as const;
      seen.add([...(await change(greyImage([[1, 2, 3]]), [spec], seed)).data].join(''));
    }
    expect([...seen].sort()).toEqual(['123', '212', '232']);
  });

  it('take the centre window where the crop is not drawn', async () => {
    const spec = { type: 'crop', width: 1, height: 1, probability: 0, padding: 9 } as const;
    expect(toRows(await change(greyImage([[1, 2, 3]]), [spec]))).toEqual([[2]]);
  });

  it('are one step together: the same as one after another', async () => {
    const image = randomImage(17, 13);
    const crop = { type: 'crop', width: 9, height: 9 } as const;
    const cropped = await change(image, [crop], 5);
    const both = await change(image, [crop, { type: 'flip', probability: 1 }], 5);
    expect(both).toEqual(await change(cropped, [{ type: 'flip', probability: 1 }]));
  });
});

describe('rotate90', () => {
  it('turns by one, two or three quarters', async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 30; seed++)
      seen.add(JSON.stringify(toRows(await change(small, [{ type: 'rotate90', probability: 1 }], seed))));
    const turns = [
      [[4, 1], [5, 2], [6, 3]], // prettier-ignore
      [[6, 5, 4], [3, 2, 1]], // prettier-ignore
      [[3, 6], [2, 5], [1, 4]], // prettier-ignore
    ];
    expect([...seen].sort()).toEqual(turns.map((turn) => JSON.stringify(turn)).sort());
  });
});

describe('colour-jitter', () => {
  it('keeps grey grey, and within 0 to 255', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 255 }), fc.nat(), async (level, seed) => {
        const image = { width: 3, height: 2, channels: 3, data: new Uint8Array(18).fill(level) } as const;
        const jitter = { type: 'colour-jitter', brightness: 1, contrast: 1, saturation: 1 } as const;
        const { data } = await change(image, [jitter], seed);
        for (const value of data) expect(Math.abs(value - data[0]!)).toBeLessThanOrEqual(1);
      }),
    ));
});

describe('rotate', () => {
  it('changes nothing at 0 degrees, and no image of one colour at any', async () => {
    const image = randomImage(12, 9);
    expect((await change(image, [{ type: 'rotate', degrees: 0 }])).data).toEqual(image.data);
    const flat = { ...image, data: new Uint8Array(image.data.length).fill(77) };
    expect((await change(flat, [{ type: 'rotate', degrees: 90 }], 3)).data).toEqual(flat.data);
  });
});

describe('blur', () => {
  it('keeps a flat image and spreads a point evenly, its sum about the same', async () => {
    const flat = { width: 9, height: 9, channels: 1, data: new Uint8Array(81).fill(90) } as const;
    expect((await change(flat, [{ type: 'blur', sigma: [1.5, 1.5] }])).data).toEqual(flat.data);
    const point = { ...flat, data: new Uint8Array(81) };
    point.data[40] = 255;
    const { data } = await change(point, [{ type: 'blur', sigma: [1, 1] }]);
    // exp(-(x² + y²) / 2) over its sum on a 7 × 7 grid
    expect([data[40], data[41], data[49], data[50]]).toEqual([41, 25, 25, 15]);
    expect(Math.abs(data.reduce((a, b) => a + b) - 255)).toBeLessThan(10);
  });
});

describe('noise', () => {
  it('has the standard deviation asked for, and mean 0', async () => {
    const grey = { width: 200, height: 200, channels: 1, data: new Uint8Array(40_000).fill(128) } as const;
    const { data } = await change(grey, [{ type: 'noise', sigma: [10, 10] }]);
    const mean = data.reduce((a, b) => a + b) / data.length;
    const variance = data.reduce((a, b) => a + (b - mean) ** 2, 0) / data.length;
    expect(Math.abs(mean - 128)).toBeLessThan(0.25); // five standard errors
    expect(Math.abs(Math.sqrt(variance) - 10)).toBeLessThan(0.2);
  });
});

describe('jpeg', () => {
  it('keeps size and colour, and loses more at a lower quality', async () => {
    const image = await change(randomImage(48, 32), [{ type: 'blur', sigma: [2, 2] }]);
    const loss = async (quality: number) => {
      const { width, height, channels, data } = await change(image, [
        { type: 'jpeg', quality: [quality, quality] },
      ]);
      expect({ width, height, channels }).toEqual({ width: 48, height: 32, channels: 3 });
      return data.reduce((sum, value, i) => sum + Math.abs(value - image.data[i]!), 0) / data.length;
    };
    expect(await loss(95)).toBeLessThan(await loss(10));
    expect(await change(small, [{ type: 'jpeg', quality: [90, 90] }])).toMatchObject({
      width: 3,
      channels: 1,
    });
  });
});

describe('augmentationSpec', () => {
  it('refuses a range that runs backwards, and an unknown type', () => {
    expect(augmentationSpec.safeParse({ type: 'jpeg', quality: [90, 40] }).success).toBe(false);
    expect(augmentationSpec.safeParse({ type: 'sharpen' }).success).toBe(false);
  });
});
