import { describe, expect, it } from '@jest/globals';
import { viewFrames } from '@assay/preprocessing';
import { imagePreprocessingSpec } from '@assay/schema';
import { rowsOf } from './cell-map.ts';
import { maskedScores, type MaskedSubject } from './masked-scores.ts';
import { occlusion } from './occlusion.ts';
import { rise } from './rise.ts';

const side = 32;
const spec = (crop: object, mirror = false) =>
  imagePreprocessingSpec.parse({
    kind: 'image',
    resize: { mode: 'none' },
    crop,
    mirror,
    normalise: { mean: [0], std: [1] },
    colour: 'grey',
  });

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * A photo of ones, and a model whose one logit is the mean of the pixels of the photo within 4 pixels of `place`, seen in
 * its first view; further views answer 0.
 */
function subjectWith(place: Place, crop: object = { mode: 'none' }, mirror = false) {
  const photo = { width: side, height: side };
  const geometry = viewFrames(photo, spec(crop, mirror));
  const { width, height } = geometry.frames[0]!;
  const views = geometry.frames.length;
  const runs: number[] = [];
  const data = new Float32Array(views * width * height).fill(1);
  const subject: MaskedSubject = {
    photo,
    geometry,
    input: { shape: [views, 1, height, width], data },
    score: async ({ shape, data: rows }) => {
      runs.push(shape[0]!);
      return Float32Array.from({ length: shape[0]! }, (_, row) => {
        let sum = 0;
        for (let y = place.y - 4; y < place.y + 4; y++)
          for (let x = place.x - 4; x < place.x + 4; x++) sum += rows[row * width * height + y * width + x]!;
        return sum / 64;
      });
    },
    measure: ([logit]) => logit!,
  };
  return { subject, runs };
}

/** Column and row of the largest value. */
function peak(rows: number[][]): [number, number] {
  const values = rows.flat();
  const at = values.indexOf(Math.max(...values));
  return [at % rows[0]!.length, Math.floor(at / rows[0]!.length)];
}

describe('occlusion', () => {
  it('tells each cell how much the score falls while it is hidden', async () => {
    const { subject } = subjectWith({ x: 12, y: 20 });
    const { map, score } = await occlusion(subject);
    expect(score).toBe(1);
    const rows = rowsOf(map);
    expect([rows[0]!.length, rows.length]).toEqual([8, 8]);
    // The 8 × 8 pixels that count are the cells (2, 4) to (3, 5); the square over just them takes all, those a cell
    // aside half, those a cell aside both ways a quarter: (1 + 1/2 + 1/2 + 1/4) / 4 at each of the four.
    for (const [x, y] of [
      [2, 4],
      [3, 4],
      [2, 5],
      [3, 5],
    ] as const)
      expect(rows[y]![x]).toBeCloseTo(0.5625, 12);
    expect(rows[0]![0]).toBe(0);
    expect(rows[7]![7]).toBe(0);
  });

  it('copes with a photo of one row of cells', async () => {
    const photo = { width: 32, height: 2 };
    const { subject } = subjectWith({ x: 4, y: 4 });
    const thin: MaskedSubject = {
      ...subject,
      photo,
      geometry: viewFrames(photo, spec({ mode: 'none' })),
      input: { shape: [1, 1, 2, 32], data: new Float32Array(64).fill(1) },
      score: async ({ shape, data }) =>
        Float32Array.from({ length: shape[0]! }, (_, row) => data[row * 64]! + data[row * 64 + 32]!),
    };
    const { map } = await occlusion(thin);
    expect(map.rows).toBe(1);
    expect(peak(rowsOf(map))).toEqual([0, 0]);
  });
});

describe('rise', () => {
  it('finds the place that counts, the same way for the same seed', async () => {
    const { subject } = subjectWith({ x: 24, y: 8 });
    const first = await rise(subject, { masks: 300 });
    const [column, row] = peak(rowsOf(first.map));
    // Pixels 20 to 28 of 32, and 4 to 12, in cells of 14.
    expect(column).toBeGreaterThanOrEqual(8);
    expect(column).toBeLessThanOrEqual(12);
    expect(row).toBeGreaterThanOrEqual(1);
    expect(row).toBeLessThanOrEqual(5);
    expect((await rise(subject, { masks: 300 })).map).toEqual(first.map);
    expect((await rise(subject, { masks: 300, seed: 2 })).map).not.toEqual(first.map);
  });

  it('says 0 everywhere of a score that nothing changes', async () => {
    const { subject } = subjectWith({ x: 8, y: 8 });
    const { map, score } = await rise({ ...subject, measure: () => 0.7 }, { masks: 20 });
    expect(score).toBe(0.7);
    expect([...map.values].every((value) => Math.abs(value) < 1e-12)).toBe(true);
  });
});

describe('maskedScores', () => {
  it('hides the same part of the photo in a mirrored view', async () => {
    const { subject } = subjectWith({ x: 4, y: 4 }, { mode: 'none' }, true);
    // The left half of the photo is the right half of the mirror image: there the model still sees its corner.
    const { whole, masked } = await maskedScores(subject, [(x) => (x < 16 ? 0 : 1), (x) => (x < 16 ? 1 : 0)]);
    expect(whole).toBe(1);
    expect([...masked]).toEqual([0.5, 0.5]);
  });

  it('runs only the views that a mask touches', async () => {
    const { subject, runs } = subjectWith(
      { x: 4, y: 4 },
      { mode: 'several', width: 16, height: 16, count: 4 },
    );
    const { masked } = await maskedScores(subject, [(x, y) => (x < 8 && y < 8 ? 0 : 1)]);
    expect(subject.geometry.frames).toHaveLength(4);
    expect(runs.reduce((sum, rows) => sum + rows, 0)).toBe(4 + 1);
    // One of four views loses all that it looks at.
    expect([...masked]).toEqual([0.75]);
  });

  it('keeps runs small', async () => {
    const { subject, runs } = subjectWith({ x: 4, y: 4 });
    await maskedScores(
      subject,
      Array.from({ length: 600 }, () => () => 0.5),
    );
    // 1024 values a row, 2^19 a run
    expect(runs).toEqual([512, 89]);
  });
});
