import { describe, expect, it } from '@jest/globals';
import { pixelsTouched } from './pixels-to-views.ts';
import { imageSpec } from './spec-support/image-spec.ts';

describe('pixelsTouched', () => {
  it('counts the image, its resized form and every view', () => {
    const spec = imageSpec({
      resize: { mode: 'shortest-side', size: 10, filter: 'box', engine: 'pillow' },
      crop: { mode: 'several', width: 4, height: 5, count: 2 },
      mirror: true,
    });
    expect(pixelsTouched({ width: 200, height: 100 }, spec)).toBe(200 * 100 + 20 * 10 + 2 * 2 * 4 * 5);
  });

  it('counts windows that are larger than the image', () => {
    const spec = imageSpec({ crop: { mode: 'centre', width: 2000, height: 1000 } });
    expect(pixelsTouched({ width: 3, height: 2 }, spec)).toBe(6 + 6 + 2000 * 1000);
  });
});
