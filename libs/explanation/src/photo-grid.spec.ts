import { describe, expect, it } from '@jest/globals';
import { cropWindows, viewFrames } from '@assay/preprocessing';
import { imagePreprocessingSpec, type CropSpec } from '@assay/schema';
import fc from 'fast-check';
import { rowsOf, sumOf, type CellMap } from './cell-map.ts';
import { toPhotoGrid } from './photo-grid.ts';

const spec = (resize: object, crop: object, mirror = false) =>
  imagePreprocessingSpec.parse({
    kind: 'image',
    resize,
    crop,
    mirror,
    normalise: { mean: [0, 0, 0], std: [1, 1, 1] },
  });
const cells = (...rows: number[][]): CellMap => ({
  columns: rows[0]!.length,
  rows: rows.length,
  values: Float64Array.from(rows.flat()),
});
const whole = spec({ mode: 'stretch', width: 8, height: 8 }, { mode: 'none' });

describe('toPhotoGrid', () => {
  it('is the map itself where one view shows the whole photo', () => {
    const photo = { width: 30, height: 20 };
    const map = cells([1, 2], [3, 4]);
    const grid = toPhotoGrid([[map]], photo, viewFrames(photo, whole));
    rowsOf(grid).forEach((row, y) =>
      row.forEach((value, x) => expect(value).toBeCloseTo(rowsOf(map)[y]![x]!, 12)),
    );
  });

  it('turns mirrored views back before it takes the mean', () => {
    const photo = { width: 8, height: 8 };
    const mirrored = spec({ mode: 'none' }, { mode: 'none' }, true);
    const grid = toPhotoGrid([[cells([1, 5])], [cells([7, 3])]], photo, viewFrames(photo, mirrored));
    // (1 + 3) / 2 and (5 + 7) / 2
    expect(rowsOf(grid)).toEqual([[2, 6]]);
  });

  it('puts crops where they were cut from, on cells of their size', () => {
    const photo = { width: 40, height: 20 };
    const centre = spec({ mode: 'none' }, { mode: 'centre', width: 20, height: 20 });
    const grid = toPhotoGrid([[cells([1, 2])]], photo, viewFrames(photo, centre));
    expect(rowsOf(grid)).toEqual([[0, 1, 2, 0]]);
  });

  it('shares a coarse cell out by area over the grid of the finest map', () => {
    const photo = { width: 8, height: 8 };
    const grid = toPhotoGrid([[cells([8]), cells([1, 2], [3, 4])]], photo, viewFrames(photo, whole));
    expect(rowsOf(grid)).toEqual([
      [3, 4],
      [5, 6],
    ]);
  });

  it('brings what is seen reflected back to where it comes from', () => {
    const photo = { width: 4, height: 8 };
    const window = spec({ mode: 'none' }, { mode: 'centre', width: 8, height: 8 });
    // The view shows 2 columns of reflection on both sides of the 4 of the photo.
    const grid = toPhotoGrid([[cells([1, 2, 3, 4])]], photo, viewFrames(photo, window));
    expect(rowsOf(grid)).toEqual([[1 + 2, 3 + 4]]);
  });

  it('leaves out what fell on the padding', () => {
    const photo = { width: 8, height: 4 };
    const padded = spec({ mode: 'pad-square', size: 16 }, { mode: 'none' });
    const grid = toPhotoGrid([[cells([1], [2], [3], [4])]], photo, viewFrames(photo, padded));
    expect(rowsOf(grid)).toEqual([[2], [3]]);
  });

  it('loses and gains nothing, whatever the photo, the views and the maps', () => {
    const side = fc.integer({ min: 3, max: 90 });
    const crop: fc.Arbitrary<CropSpec> = fc.oneof(
      fc.constant({ mode: 'none' } as const),
      fc.record({ mode: fc.constant('centre' as const), width: side, height: side }),
      fc.record({
        mode: fc.constant('several' as const),
        width: side,
        height: side,
        count: fc.integer({ min: 1, max: 6 }),
      }),
    );
    const resize: fc.Arbitrary<object> = fc.oneof(
      fc.constant({ mode: 'none' }),
      fc.record({ mode: fc.constant('shortest-side'), size: side }),
      fc.record({ mode: fc.constant('stretch'), width: side, height: side }),
    );
    const photo = fc.record({ width: side, height: side });
    const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(photo, resize, crop, fc.boolean(), sizes, (size, how, windows, mirror, maps) => {
        const geometry = viewFrames(size, spec(how, windows, mirror));
        let next = 0;
        const views = geometry.frames.map(() =>
          maps.map(([columns, rows]) => ({
            columns,
            rows,
            values: Float64Array.from({ length: columns * rows }, () => Math.sin(next++) + 0.3),
          })),
        );
        const expected = sumOf(views.flat().map(({ values }) => sumOf(values))) / views.length;
        expect(sumOf(toPhotoGrid(views, size, geometry).values)).toBeCloseTo(expected, 8);
      }),
    );
  });
});

describe('viewFrames', () => {
  it('has a frame for each view, in pixels of the photo', () => {
    const several = spec(
      { mode: 'shortest-side', size: 50 },
      { mode: 'several', width: 50, height: 50, count: 3 },
      true,
    );
    const { frames, canvas } = viewFrames({ width: 200, height: 100 }, several);
    expect(cropWindows({ width: 100, height: 50 }, several.crop)).toHaveLength(3);
    expect(frames.map(({ left, mirrored }) => [left, mirrored])).toEqual([
      [0, false],
      [0, true],
      [50, false],
      [50, true],
      [100, false],
      [100, true],
    ]);
    expect(frames[0]).toMatchObject({ top: 0, width: 100, height: 100 });
    expect(canvas).toEqual({ left: 0, top: 0, width: 200, height: 100 });
  });
});
