import { describe, expect, it } from '@jest/globals';
import { imageToViews } from './image-to-views.ts';
import { viewFrames } from './view-frames.ts';
import { imageSpec } from './spec-support/image-spec.ts';

describe('the frames of views', () => {
  it('are the whole image where nothing is cut', () => {
    const size = { width: 7, height: 5 };
    expect(viewFrames(size, imageSpec())).toEqual({
      frames: [{ left: 0, top: 0, ...size, mirrored: false }],
      canvas: { left: 0, top: 0, ...size },
    });
  });

  it('say in pixels of the image where a crop of the resized image lies', () => {
    const spec = imageSpec({
      resize: { mode: 'shortest-side', size: 50, filter: 'bilinear', engine: 'pillow' },
      crop: { mode: 'centre', width: 40, height: 40 },
    });
    // 200 × 100 becomes 100 × 50; the crop begins at (30, 5) there and is twice as large here.
    const { frames, canvas } = viewFrames({ width: 200, height: 100 }, spec);
    expect(frames).toEqual([{ left: 60, top: 10, width: 80, height: 80, mirrored: false }]);
    expect(canvas).toEqual({ left: 0, top: 0, width: 200, height: 100 });
  });

  it('follow each other as the views do, mirror images behind their windows', () => {
    const spec = imageSpec({ crop: { mode: 'several', width: 4, height: 4, count: 5 }, mirror: true });
    const { frames } = viewFrames({ width: 10, height: 8 }, spec);
    expect(frames.map(({ mirrored }) => mirrored)).toEqual(frames.map((_, at) => at % 2 === 1));
    expect(frames.length).toBeGreaterThan(4);
    const data = Uint8Array.from({ length: 10 * 8 * 3 }, (_, at) => at % 256);
    const views = imageToViews({ width: 10, height: 8, channels: 3, data }, spec);
    expect(views.shape).toEqual([frames.length, 3, 4, 4]);
    // The first red number of each view is that of its frame's corner: the right one where it is mirrored.
    frames.forEach(({ left, top, width, mirrored }, view) => {
      const x = mirrored ? left + width - 1 : left;
      expect(Math.round(views.data[view * 48]! * 255)).toBe(data[(top * 10 + x) * 3]);
    });
  });

  it('reach over the border of an image that was padded to a square', () => {
    const spec = imageSpec({
      resize: { mode: 'pad-square', size: 32, filter: 'bilinear', engine: 'pillow', background: [0, 0, 0] },
    });
    const { frames, canvas } = viewFrames({ width: 60, height: 101 }, spec);
    // 41 columns are missing: 20 on the left, 21 on the right.
    expect(canvas).toEqual({ left: -20, top: 0, width: 101, height: 101 });
    expect(frames).toEqual([{ ...canvas, mirrored: false }]);
  });
});
