import { describe, expect, it } from '@jest/globals';
import type { ResizeFilter } from '@assay/schema';
import { crop } from './crop.ts';
import { resizePillow } from './resize-pillow.ts';
import { fromBase64, readFixture } from './spec-support/fixture.ts';
import { randomImage } from './spec-support/random-image.ts';

interface EncodedImage {
  readonly width: number;
  readonly height: number;
  readonly rgb: string;
}
const fixture = readFixture('resize-pillow.json') as {
  cases: { filter: ResizeFilter; in: EncodedImage; out: EncodedImage }[];
};

const decode = ({ width, height, rgb }: EncodedImage) =>
  ({ width, height, channels: 3, data: fromBase64(rgb) }) as const;

describe('resizePillow', () => {
  it.each(
    fixture.cases.map((row) => ({
      ...row,
      title: `${row.filter} ${row.in.width}×${row.in.height} to ${row.out.width}×${row.out.height}`,
    })),
  )('equals Pillow byte for byte: $title', ({ filter, in: source, out }) => {
    const { width, height } = out;
    expect(resizePillow(decode(source), { width, height, filter })).toEqual(decode(out));
  });

  it.each(['nearest', 'box', 'bilinear', 'bicubic', 'lanczos'] as const)(
    '%s gives the same bytes for a window alone as for the whole',
    (filter) => {
      const image = randomImage(61, 47);
      const window = { left: 5, top: 11, width: 13, height: 9 };
      const whole = resizePillow(image, { width: 29, height: 31, filter });
      expect(resizePillow(image, { width: 29, height: 31, filter, window })).toEqual(crop(whole, window));
    },
  );

  it('treats grey as it treats a channel of RGB', () => {
    const grey = randomImage(40, 30, { channels: 1 });
    const data = Uint8Array.from({ length: grey.data.length * 3 }, (_, i) => grey.data[Math.floor(i / 3)]!);
    const target = { width: 17, height: 23, filter: 'lanczos' } as const;
    const rgb = resizePillow({ ...grey, channels: 3, data }, target).data;
    expect(resizePillow(grey, target).data).toEqual(rgb.filter((_, i) => i % 3 === 0));
  });

  it('returns an image of the size wanted as it is', () => {
    const image = randomImage(8, 6);
    expect(resizePillow(image, { width: 8, height: 6, filter: 'bicubic' })).toBe(image);
  });

  it('refuses a shape that would take gigabytes on the way', () => {
    const sliver = { width: 1, height: 50_000, channels: 1, data: new Uint8Array(50_000) } as const;
    const resize = () => resizePillow(sliver, { width: 16_000, height: 4, filter: 'box' });
    expect(resize).toThrow(expect.objectContaining({ code: 'too-many-pixels' }));
    expect(resize).toThrow(/1 × 50000/);
  });

  it('reads no more rows of a sliver than its window needs', () => {
    const sliver = {
      width: 1,
      height: 2_000_000,
      channels: 1,
      data: new Uint8Array(2_000_000).fill(7),
    } as const;
    const window = { left: 0, top: 512_000_000, width: 4, height: 4 };
    const target = { width: 512, height: 1_024_000_000, filter: 'bilinear', window } as const;
    expect([...resizePillow(sliver, target).data]).toEqual(new Array(16).fill(7));
  });
});
