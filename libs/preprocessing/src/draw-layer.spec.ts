import { describe, expect, it } from '@jest/globals';
import { drawLayer } from './draw-layer.ts';
import { sharp } from './sharp.ts';

const pixelsOf = async (png: Uint8Array) => {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return { data: [...data], info };
};

describe('a layer', () => {
  const red = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0, 128) };
  const grey = { width: 4, height: 3, channels: 3, data: new Uint8Array(36).fill(100) } as const;

  it('is stretched over the size and stays transparent where it stands alone', async () => {
    const { data, info } = await pixelsOf(await drawLayer(red, { width: 4, height: 3 }));
    expect(info).toMatchObject({ width: 4, height: 3, channels: 4 });
    expect(data).toEqual(Array(12).fill([255, 0, 0, 128]).flat());
  });

  it('is mixed with the image that it is drawn on, by its opacity', async () => {
    const { data, info } = await pixelsOf(await drawLayer(red, { width: 4, height: 3 }, grey));
    expect(info).toMatchObject({ width: 4, height: 3, channels: 3 });
    // 128 of 255 of the red, the rest of the grey.
    const mixed = [255, 0, 0].map((value) => (value * 128 + 100 * 127) / 255);
    data.forEach((value, at) => expect(Math.abs(value - mixed[at % 3]!)).toBeLessThanOrEqual(1));
  });

  it('goes from one colour to the next in between', async () => {
    const ramp = { width: 2, height: 1, data: Uint8Array.of(0, 0, 0, 255, 200, 200, 200, 255) };
    const { data } = await pixelsOf(await drawLayer(ramp, { width: 8, height: 1 }));
    const reds = data.filter((_, at) => at % 4 === 0);
    expect(reds).toEqual([...reds].sort((a, b) => a - b));
    expect([reds[0], reds.at(-1)]).toEqual([0, 200]);
    expect(reds[4]! - reds[3]!).toBeGreaterThan(0);
  });
});
