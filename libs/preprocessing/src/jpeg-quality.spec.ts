import { describe, expect, it } from '@jest/globals';
import { encodeImage } from './encode-image.ts';
import { estimateJpegQuality } from './jpeg-quality.ts';
import { randomImage } from './spec-support/random-image.ts';

describe('estimateJpegQuality', () => {
  it('finds the setting that a file was written with', async () => {
    const image = randomImage(16, 16);
    for (const quality of [5, 10, 30, 50, 60, 75, 80, 85, 90, 95, 100]) {
      const bytes = await encodeImage(image, 'jpeg', { quality });
      expect([quality, estimateJpegQuality(bytes)]).toEqual([quality, quality]);
    }
  });

  it('says nothing where there is no whole table', () => {
    expect(estimateJpegQuality(new Uint8Array())).toBeUndefined();
    expect(estimateJpegQuality(Uint8Array.of(0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, 1, 2))).toBeUndefined();
    expect(estimateJpegQuality(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, 0, 0))).toBeUndefined();
  });
});
