import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crop } from './crop.ts';
import { cropWindows } from './crop-windows.ts';
import { greyImage, toRows } from './spec-support/random-image.ts';

const corners = (windows: readonly { left: number; top: number }[]) =>
  windows.map(({ left, top }) => [left, top]);

describe('cropWindows', () => {
  it('takes the four corners and the centre of a square for five', () => {
    const spec = { mode: 'several', width: 4, height: 4, count: 5 } as const;
    expect(corners(cropWindows({ width: 10, height: 10 }, spec))).toEqual([
      [0, 0],
      [6, 0],
      [0, 6],
      [6, 6],
      [3, 3],
    ]);
  });

  it('spreads windows along the one side that has room', () => {
    const spec = { mode: 'several', width: 4, height: 4, count: 3 } as const;
    expect(corners(cropWindows({ width: 10, height: 4 }, spec))).toEqual([
      [0, 0],
      [3, 0],
      [6, 0],
    ]);
  });

  it('takes windows that coincide once', () => {
    const spec = { mode: 'several', width: 4, height: 4, count: 9 } as const;
    expect(corners(cropWindows({ width: 4, height: 4 }, spec))).toEqual([[0, 0]]);
    expect(corners(cropWindows({ width: 2, height: 3 }, spec))).toEqual([[-1, 0]]);
  });

  it('rounds half a pixel to even, as torchvision', () => {
    const at = (width: number) =>
      cropWindows({ width, height: 1 }, { mode: 'centre', width: 4, height: 1 })[0]?.left;
    expect([5, 7, 9, 11].map(at)).toEqual([0, 2, 2, 4]);
  });

  it('gives 1 to count different windows, all inside where the image is large enough', () => {
    const side = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 1, max: 16 }), (w, h, width, height, count) => {
        const size = { width: Math.max(w, width), height: Math.max(h, height) };
        const windows = cropWindows(size, { mode: 'several', width, height, count });
        expect(windows.length).toBeGreaterThanOrEqual(1);
        expect(windows.length).toBeLessThanOrEqual(count);
        expect(new Set(windows.map(({ left, top }) => `${left},${top}`)).size).toBe(windows.length);
        for (const { left, top } of windows) {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(top).toBeGreaterThanOrEqual(0);
          expect(left + width).toBeLessThanOrEqual(size.width);
          expect(top + height).toBeLessThanOrEqual(size.height);
        }
      }),
    );
  });
});

describe('crop', () => {
  const image = greyImage([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('cuts a window out', () => {
    expect(toRows(crop(image, { left: 1, top: 0, width: 2, height: 2 }))).toEqual([
      [2, 3],
      [5, 6],
    ]);
  });

  it('goes on by reflection over the border, again and again', () => {
    expect(toRows(crop(image, { left: -3, top: -1, width: 9, height: 3 }))).toEqual([
      [5, 6, 5, 4, 5, 6, 5, 4, 5],
      [2, 3, 2, 1, 2, 3, 2, 1, 2],
      [5, 6, 5, 4, 5, 6, 5, 4, 5],
    ]);
  });

  it('repeats the only pixel of a line', () => {
    expect(toRows(crop(greyImage([[7]]), { left: -1, top: -1, width: 3, height: 2 }))).toEqual([
      [7, 7, 7],
      [7, 7, 7],
    ]);
  });
});
