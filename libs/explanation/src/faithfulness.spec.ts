import { describe, expect, it } from '@jest/globals';
import { viewFrames } from '@assay/preprocessing';
import { imagePreprocessingSpec } from '@assay/schema';
import { deletionInsertion } from './deletion-insertion.ts';
import { energyInside } from './energy-inside.ts';
import type { MaskedSubject } from './masked-scores.ts';

const side = 10;
const photo = { width: side, height: side };
const spec = imagePreprocessingSpec.parse({
  kind: 'image',
  resize: { mode: 'none' },
  crop: { mode: 'none' },
  colour: 'grey',
  normalise: { mean: [0], std: [1] },
});

/** A photo of ones; the measure is the share of the upper left quarter that is left. */
const subject: MaskedSubject = {
  photo,
  geometry: viewFrames(photo, spec),
  input: { shape: [1, 1, side, side], data: new Float32Array(side * side).fill(1) },
  score: async ({ shape, data }) =>
    Float32Array.from({ length: shape[0]! }, (_, row) => {
      let left = 0;
      for (let y = 0; y < 5; y++) for (let x = 0; x < 5; x++) left += data[row * 100 + y * side + x]!;
      return left / 25;
    }),
  measure: ([share]) => share!,
};
const map = (...values: number[]) => ({ columns: 2, rows: 2, values: Float64Array.from(values) });

describe('deletion and insertion', () => {
  it('agree with areas worked out by hand', async () => {
    // Cells are taken after 0.25, 0.5, … of the way; at tenths: the right cell first is gone from 0.1 on.
    const right = await deletionInsertion(subject, map(9, 3, 2, 1));
    expect(right.deletion).toBeCloseTo(0.05, 12);
    expect(right.insertion).toBeCloseTo(0.95, 12);
    // Last: it goes at 0.8, when more than three of four cells are taken.
    const wrong = await deletionInsertion(subject, map(1, 9, 8, 7));
    expect(wrong.deletion).toBeCloseTo(0.75, 12);
    expect(wrong.insertion).toBeCloseTo(0.25, 12);
  });
});

describe('energy inside a window', () => {
  it('is the share of what is positive, by area', () => {
    const window = { left: 0, top: 0, width: 5, height: 5 };
    expect(energyInside(map(3, 1, -8, 0), window, photo)).toBe(0.75);
    expect(energyInside(map(3, 1, 0, 0), { ...window, width: 2.5 }, photo)).toBe(0.375);
    expect(energyInside(map(1, 1, 1, 1), { left: 2, top: 3, width: 5, height: 4 }, photo)).toBeCloseTo(
      0.2,
      12,
    );
  });

  it('is no number where nothing is positive', () => {
    expect(energyInside(map(0, -1, 0, 0), { left: 0, top: 0, width: 5, height: 5 }, photo)).toBeNaN();
  });
});
