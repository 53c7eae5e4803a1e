import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import type { ImagePreprocessingSpec } from '@assay/schema';
import { decodeImage } from './decode-image.ts';
import { encodeImage } from './encode-image.ts';
import { imageToViews } from './image-to-views.ts';
import { preprocessImage } from './preprocess-image.ts';
import { resizeImage } from './resize-image.ts';
import { imageSpec } from './spec-support/image-spec.ts';
import { randomImage } from './spec-support/random-image.ts';

const photo = randomImage(1250, 850);

describe('preprocessImage', () => {
  it('starts one thread for all large images, and none for small ones', async () => {
    const [small, large] = await Promise.all(
      [randomImage(700, 700), photo].map((i) => encodeImage(i, 'png')),
    );
    let threads = 0;
    const count = () => threads++;
    subscribe('worker_threads', count);
    try {
      await preprocessImage(small!, imageSpec({ crop: { mode: 'centre', width: 8, height: 8 } }));
      expect(threads).toBe(0);
      await Promise.all([1, 2, 3].map(() => preprocessImage(large!, imageSpec())));
      expect(threads).toBe(1);
    } finally {
      unsubscribe('worker_threads', count);
    }
  });

  it('gives the views and the whole image, with the time each took', async () => {
    const image = randomImage(40, 30);
    const spec = imageSpec({
      resize: { mode: 'stretch', width: 20, height: 10, filter: 'bicubic', engine: 'pillow' },
    });
    const result = await preprocessImage(await encodeImage(image, 'png'), spec);
    expect(result.views).toEqual(imageToViews(image, spec));
    expect(result.image).toMatchObject({ ...image, format: 'png' });
    expect(result.stages.decode).toBeGreaterThan(0);
    expect(result.stages.preprocess).toBeGreaterThan(0);
  });

  it.each(['rgb', 'grey'] as const)('with libvips comes close to the exact path: %s', async (colour) => {
    const data = new Uint8Array(96 * 64 * 3);
    for (let at = 0; at < data.length; at++) data[at] = 128 + 100 * Math.sin(at / 40 + (at % 3));
    const bytes = await encodeImage({ width: 96, height: 64, channels: 3, data }, 'png');
    const view = async (engine: 'libvips' | 'pillow') => {
      const resize = { mode: 'shortest-side', size: 32, filter: 'bilinear', engine } as const;
      const crop = { mode: 'centre', width: 32, height: 32 } as const;
      return (await preprocessImage(bytes, imageSpec({ colour, resize, crop }))).views;
    };
    const fast = await view('libvips');
    const exact = await view('pillow');
    expect(fast.shape).toEqual(exact.shape);
    const errors = fast.data.map((value, i) => Math.abs(value - exact.data[i]!) * 255);
    expect(errors.reduce((a, b) => a + b) / errors.length).toBeLessThan(3); // levels
  });

  it('extends the refusal of one image to the shape that it would be given', async () => {
    const spec = imageSpec({
      resize: { mode: 'shortest-side', size: 2048, filter: 'bilinear', engine: 'libvips' },
    });
    const sliver = await encodeImage(
      { width: 1, height: 60_000, channels: 1, data: new Uint8Array(60_000) },
      'png',
    );
    await expect(preprocessImage(sliver, spec)).rejects.toMatchObject({ code: 'too-many-pixels' });
  });

  const pillow = { filter: 'bilinear', engine: 'pillow' } as const;
  const libvips = { filter: 'bilinear', engine: 'libvips' } as const;
  const background = [10, 200, 30] as [number, number, number];
  const centre = { mode: 'centre', width: 56, height: 56 } as const;
  it.each<[string, Partial<ImagePreprocessingSpec>]>([
    ['a centre crop', { resize: { mode: 'shortest-side', size: 64, ...pillow }, crop: centre }],
    ['grey', { colour: 'grey', resize: { mode: 'stretch', width: 40, height: 30, ...pillow } }],
    ['a padded square', { resize: { mode: 'pad-square', size: 50, background, ...pillow } }],
    ['libvips', { colour: 'grey', resize: { mode: 'pad-square', size: 50, background, ...libvips } }],
    ['many views', { mirror: true, crop: { mode: 'several', width: 300, height: 300, count: 5 } }],
  ])('gives of a large image, beside the calling thread, what its steps give: %s', async (_, changes) => {
    const spec = imageSpec(changes);
    const bytes = await encodeImage(photo, 'jpeg');
    const { views, image } = await preprocessImage(bytes, spec);
    const decoded = await decodeImage(bytes, { spec });
    expect(sameBytes(image.data, decoded.data)).toBe(true);
    expect({ ...image, data: [] }).toEqual({ ...decoded, data: [] });
    const steps = imageToViews(await resizeImage(decoded, spec.resize), spec);
    expect(views.shape).toEqual(steps.shape);
    expect(sameBytes(views.data, steps.data)).toBe(true);
  });
});

function sameBytes(a: Uint8Array | Float32Array, b: Uint8Array | Float32Array): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: typeof a) => Buffer.from(buffer, byteOffset, byteLength);
  return bytes(a).equals(bytes(b));
}
