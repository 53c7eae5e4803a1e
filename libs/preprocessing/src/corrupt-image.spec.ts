import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import type { Corruption } from '@assay/schema';
import { corruptImage } from './corrupt-image.ts';
import { greyImage, randomImage, toRows } from './spec-support/random-image.ts';

const every: Corruption[] = [
  { type: 'jpeg', quality: 50 },
  { type: 'blur', sigma: 1 },
  { type: 'noise', sigma: 8 },
  { type: 'resize', scale: 0.5 },
  { type: 'brightness', factor: 0.7 },
  { type: 'contrast', factor: 1.3 },
];

describe('a corruption', () => {
  it.each(every)('$type keeps size and the image given, and is the same for the same stream', async (one) => {
    const image = randomImage(31, 22);
    const before = Uint8Array.from(image.data);
    const first = await corruptImage(image, one, seededRandom(3));
    expect([first.width, first.height, first.channels]).toEqual([31, 22, 3]);
    expect(first.data).not.toEqual(before);
    expect(image.data).toEqual(before);
    expect(await corruptImage(image, one, seededRandom(3))).toEqual(first);
  });

  it('multiplies levels for brightness, and spreads them about the mean for contrast', async () => {
    const image = greyImage([
      [40, 60],
      [80, 220],
    ]);
    const bright = await corruptImage(image, { type: 'brightness', factor: 1.5 }, seededRandom(1));
    expect(toRows(bright)).toEqual([
      [60, 90],
      [120, 255],
    ]);
    // The mean is 100: 40 becomes 100 - 30, 220 becomes 100 + 60.
    const flat = await corruptImage(image, { type: 'contrast', factor: 0.5 }, seededRandom(1));
    expect(toRows(flat)).toEqual([
      [70, 80],
      [90, 160],
    ]);
  });

  it('takes the fine detail away by going to half the size and back', async () => {
    const checks = greyImage(
      Array.from({ length: 8 }, (_, y) => Array.from({ length: 8 }, (_, x) => ((x + y) % 2) * 200)),
    );
    const { data } = await corruptImage(checks, { type: 'resize', scale: 0.5 }, seededRandom(1));
    const inner = Array.from(data).filter(
      (_, at) => at % 8 > 1 && at % 8 < 6 && Math.floor(at / 8) > 1 && Math.floor(at / 8) < 6,
    );
    for (const level of inner) expect(Math.abs(level - 100)).toBeLessThanOrEqual(1);
  });

  it('leaves less of an image the lower the JPEG quality', async () => {
    const image = randomImage(48, 48);
    const damage = async (quality: number) => {
      const { data } = await corruptImage(image, { type: 'jpeg', quality }, seededRandom(1));
      return data.reduce((sum, level, at) => sum + (level - image.data[at]!) ** 2, 0);
    };
    const [fine, coarse] = [await damage(90), await damage(30)];
    expect(fine).toBeGreaterThan(0);
    expect(coarse).toBeGreaterThan(fine);
  });
});
