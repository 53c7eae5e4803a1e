import { describe, expect, it } from '@jest/globals';
import { imageProperties } from '@assay/schema';
import { measureImage } from './measure-image.ts';
import { readFixture } from './spec-support/fixture.ts';
import { randomImage } from './spec-support/random-image.ts';

interface Fixture {
  cases: {
    name: string;
    reference: { height: number; width: number; channels: 1 | 3; data: number[] };
    expected: Record<string, number>;
    tol: number;
    tolRel: number;
  }[];
}
const { cases } = readFixture('image-properties.json') as Fixture;

describe('measureImage', () => {
  it.each(cases)('equals scikit-image and OpenCV on $name', ({ reference, expected, tol, tolRel }) => {
    const { data, ...size } = reference;
    const measured = measureImage({ ...size, data: Uint8Array.from(data), format: 'png', bytes: 99 });
    const received: Record<string, number> = {
      aspectRatio_h_over_w: measured.aspect,
      area: measured.area,
      brightness_0_255: measured.brightness,
      rmsContrast_0_255: measured.contrast,
      meanRedRel: measured.redShare,
      meanGreenRel: measured.greenShare,
      meanBlueRel: measured.blueShare,
      laplacianVar_0_1: measured.sharpness,
      laplacianVar_0_255: measured.sharpness * 255 ** 2,
    };
    for (const [name, value] of Object.entries(expected)) {
      expect([name, Math.abs(received[name]! - value) <= tol + tolRel * Math.abs(value)]).toEqual([
        name,
        true,
      ]);
    }
    expect(imageProperties.parse(measured)).toEqual(measured);
  });

  it('measures saturation and entropy', () => {
    const measure = (pixels: number[]) =>
      measureImage({
        width: pixels.length / 3,
        height: 1,
        channels: 3,
        data: Uint8Array.from(pixels),
        format: 'png',
        bytes: 1,
      });
    // HSV saturations 1, 0.5, 0 and (black) 0; four lumas that differ
    const mixed = measure([255, 0, 0, 200, 100, 100, 50, 50, 50, 0, 0, 0]);
    expect(mixed.saturation).toBeCloseTo(1.5 / 4, 12);
    expect(mixed.entropy).toBeCloseTo(2, 12);
    expect(measure([9, 9, 9, 9, 9, 9]).entropy).toBe(0);
  });

  it('passes on what the file told, and leaves out a quality that no file told', () => {
    const image = { ...randomImage(5, 4), bytes: 1234 };
    const measured = measureImage({ ...image, format: 'jpeg', jpegQuality: 80 });
    expect(measured).toMatchObject({ width: 5, height: 4, format: 'jpeg', bytes: 1234, jpegQuality: 80 });
    expect(measureImage({ ...image, format: 'png' })).not.toHaveProperty('jpegQuality');
  });

  it('measures a share of the lines of a large image, about as well as all of them', () => {
    const [width, height] = [640, 480];
    const data = new Uint8Array(width * height * 3);
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0; x < width; x++, at += 3) {
        const shape = 128 + 40 * Math.sin(x / 30) + 40 * Math.cos(y / 47);
        data.set([shape + 20, shape, shape - 20], at);
        data[at]! += (x * 7919 + y * 104_729) % 16;
      }
    const measured = measureImage({ width, height, channels: 3, data, format: 'png', bytes: 1 });
    const luma = Float64Array.from(
      { length: width * height },
      (_, i) => 0.2125 * data[3 * i]! + 0.7154 * data[3 * i + 1]! + 0.0721 * data[3 * i + 2]!,
    );
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = (values: Float64Array) => mean(values.map((value) => value * value)) - mean(values) ** 2;
    const laplacian = new Float64Array((width - 2) * (height - 2)).map((_, i) => {
      const at = (Math.floor(i / (width - 2)) + 1) * width + (i % (width - 2)) + 1;
      const around = luma[at - 1]! + luma[at + 1]! + luma[at - width]! + luma[at + width]!;
      return (around - 4 * luma[at]!) / 255;
    });
    expect(measured).toMatchObject({ width, height, area: width * height });
    expect(Math.abs(measured.brightness - mean(luma))).toBeLessThan(0.5);
    expect(Math.abs(measured.contrast / Math.sqrt(variance(luma)) - 1)).toBeLessThan(0.02);
    expect(Math.abs(measured.sharpness / variance(laplacian) - 1)).toBeLessThan(0.05);
  });

  it('leaves out no line of an image that is wide and low', () => {
    const image = { width: 40_000, height: 1, channels: 3, data: new Uint8Array(120_000).fill(51) } as const;
    const measured = measureImage({ ...image, format: 'png', bytes: 1 });
    expect([measured.brightness, measured.sharpness]).toEqual([51, 0]);
  });
});
