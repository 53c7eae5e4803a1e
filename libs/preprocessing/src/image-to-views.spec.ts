import { describe, expect, it } from '@jest/globals';
import { imageToViews } from './image-to-views.ts';
import { fromBase64, readFixture } from './spec-support/fixture.ts';
import { imageSpec } from './spec-support/image-spec.ts';
import { resizePillow } from './resize-pillow.ts';
import { greyImage, randomImage } from './spec-support/random-image.ts';

interface Fixture {
  cases: {
    resizeShortest: number;
    centerCrop: number;
    mean: number[];
    std: number[];
    in: { width: number; height: number; rgb: string };
    out: { shape: number[]; data: number[] };
  }[];
}
const { cases } = readFixture('transform-torchvision.json') as Fixture;
const bytesOf = (data: Float32Array) => [...data].map((value) => Math.round(value * 255));

describe('imageToViews', () => {
  it.each(cases)(
    "equals torchvision's Resize($resizeShortest), CenterCrop($centerCrop), Normalize to 1e-6",
    (row) => {
      const { width, height, rgb } = row.in;
      const spec = imageSpec({
        resize: { mode: 'shortest-side', size: row.resizeShortest, filter: 'bilinear', engine: 'pillow' },
        crop: { mode: 'centre', width: row.centerCrop, height: row.centerCrop },
        normalise: { mean: row.mean, std: row.std },
      });
      const views = imageToViews({ width, height, channels: 3, data: fromBase64(rgb) }, spec);
      expect(views.shape).toEqual([1, ...row.out.shape]);
      const furthest = Math.max(...views.data.map((value, i) => Math.abs(value - row.out.data[i]!)));
      expect(furthest).toBeLessThan(1e-6);
    },
  );

  it('puts channels in planes', () => {
    const image = { width: 2, height: 1, channels: 3, data: Uint8Array.from([1, 2, 3, 4, 5, 6]) } as const;
    const { shape, data } = imageToViews(image, imageSpec());
    expect(shape).toEqual([1, 3, 1, 2]);
    expect(bytesOf(data)).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('follows each window with its mirror image', () => {
    const spec = imageSpec({
      colour: 'grey',
      mirror: true,
      crop: { mode: 'several', width: 2, height: 2, count: 2 },
    });
    const { shape, data } = imageToViews(greyImage([[1, 2, 3, 4], [5, 6, 7, 8]]), spec); // prettier-ignore
    expect(shape).toEqual([4, 1, 2, 2]);
    expect(bytesOf(data)).toEqual([1, 2, 5, 6, 2, 1, 6, 5, 3, 4, 7, 8, 4, 3, 8, 7]);
  });

  it('extends an image smaller than the window by reflection, centred', () => {
    const spec = imageSpec({ colour: 'grey', crop: { mode: 'centre', width: 7, height: 1 } });
    expect(bytesOf(imageToViews(greyImage([[1, 2, 3]]), spec).data)).toEqual([3, 2, 1, 2, 3, 2, 1]);
  });

  it('makes grey of colour by ITU-R 601 weights', () => {
    const image = {
      width: 3,
      height: 1,
      channels: 3,
      data: Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255]),
    } as const;
    expect(bytesOf(imageToViews(image, imageSpec({ colour: 'grey' })).data)).toEqual([76, 150, 29]);
  });

  it('pads to a centred square of the background, then resizes', () => {
    const spec = imageSpec({
      resize: { mode: 'pad-square', size: 4, background: [9, 8, 7], filter: 'nearest', engine: 'pillow' },
    });
    const image = { width: 4, height: 2, channels: 3, data: new Uint8Array(24).fill(100) } as const;
    const red = bytesOf(imageToViews(image, spec).data).slice(0, 16);
    expect(red).toEqual([9, 9, 9, 9, 100, 100, 100, 100, 100, 100, 100, 100, 9, 9, 9, 9]);
  });

  it('refuses a sliver whose square would take gigabytes', () => {
    const sliver = { width: 40_000, height: 1, channels: 1, data: new Uint8Array(40_000) } as const;
    const resize = {
      mode: 'pad-square',
      size: 8,
      background: [0, 0, 0] as [number, number, number],
      filter: 'box',
      engine: 'pillow',
    } as const;
    expect(() => imageToViews(sliver, imageSpec({ colour: 'grey', resize }))).toThrow(
      expect.objectContaining({ code: 'too-many-pixels' }),
    );
  });

  it('cuts several windows from the resized image as from an image that had that size', () => {
    const image = randomImage(24, 18);
    const resize = { mode: 'stretch', width: 12, height: 9, filter: 'bilinear', engine: 'pillow' } as const;
    const spec = imageSpec({ resize, crop: { mode: 'several', width: 5, height: 5, count: 5 } });
    const resized = resizePillow(image, { width: 12, height: 9, filter: 'bilinear' });
    const expected = imageToViews(resized, imageSpec({ crop: spec.crop }));
    const views = imageToViews(image, spec);
    expect(views.shape[0]).toBeGreaterThan(1);
    expect(views.shape).toEqual(expected.shape);
    expect([...views.data]).toEqual([...expected.data]);
  });

  it('leaves libvips to those who can wait for it', () => {
    const spec = imageSpec({
      resize: { mode: 'stretch', width: 4, height: 4, filter: 'bilinear', engine: 'libvips' },
    });
    expect(() => imageToViews(randomImage(8, 6), spec)).toThrow(
      'Expected an image of 4 × 4, as resizeImage gives it; received 8 × 6.',
    );
  });
});
