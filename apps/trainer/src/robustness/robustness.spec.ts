import { describe, expect, it } from '@jest/globals';
import { corruptions, describeCorruption, encodeImage } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { imagePreprocessingSpec } from '@assay/schema';
import type { LabelledInput } from '../data/labelled-input.ts';
import type { Scores } from '../metrics/scores.ts';
import { measureRobustness } from './measure-robustness.ts';

const side = 16;
const preprocessing = imagePreprocessingSpec.parse({
  kind: 'image',
  resize: { mode: 'none' },
  crop: { mode: 'none' },
  normalise: { mean: [0, 0, 0], std: [1, 1, 1] },
});

/** Even: flat grey. Odd: a fine checkerboard of the same mean. */
async function inputs(count: number): Promise<LabelledInput[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const fine = index % 2 === 1 ? 12 : 0;
      const data = Uint8Array.from({ length: side * side * 3 }, (_, at) => {
        const pixel = Math.floor(at / 3);
        return 90 + index + ((pixel + Math.floor(pixel / side)) % 2 === 0 ? fine : -fine);
      });
      const bytes = await encodeImage({ width: side, height: side, channels: 3, data }, 'png');
      return { path: `${index}.png`, truth: index % 2, read: async () => ({ bytes }) };
    }),
  );
}

/** Says "fine" where neighbours differ: wrong as soon as detail is lost or made. */
async function detailScores(views: (index: number) => Promise<{ data: Float32Array }>, classes: Int32Array) {
  const probabilities = new Float64Array(classes.length * 2);
  for (let index = 0; index < classes.length; index++) {
    const { data } = await views(index);
    let difference = 0;
    for (let at = 1; at < side * side; at++)
      if (at % side > 0) difference += Math.abs(data[at]! - data[at - 1]!);
    const fine = 1 / (1 + Math.exp(-(difference / (side * (side - 1)) - 10 / 255) * 200));
    probabilities.set([1 - fine, fine], index * 2);
  }
  return { probabilities, labels: classes, classes: 2 } satisfies Scores;
}

const score = (examples: Parameters<Parameters<typeof measureRobustness>[1]['score']>[0]) =>
  detailScores(examples.views, examples.classes);

describe('robustness', () => {
  it('shows which corruptions a model that looks at fine detail cannot stand', async () => {
    const options = { preprocessing, positive: 1, images: 500, seed: 1, score };
    const result = await measureRobustness(await inputs(20), options);
    expect(result.images).toBe(20);
    expect(result.clean).toEqual({
      accuracy: { value: 1, interval: [1, 1] },
      auroc: { value: 1, interval: [1, 1] },
    });
    expect(result.rows.map(({ corruption }) => corruption)).toEqual(corruptions);
    const row = (name: string) =>
      result.rows.find(({ corruption }) => describeCorruption(corruption) === name)!;
    // A checkerboard blurred by two pixels is flat, and so is one that went through half its size.
    for (const gone of ['blur, σ 2 px', 'resized × 0.5 and back']) {
      expect(row(gone).accuracy.value).toBe(0.5);
      expect(row(gone).accuracyChange.value).toBe(-0.5);
      expect(row(gone).accuracyChange.interval![1]).toBeLessThan(-0.2);
    }
    expect(row('brightness × 1.3').accuracyChange).toEqual({ value: 0, interval: [0, 0] });
    // Noise on what was flat: neighbours differ by 16 · 2 / √π levels on average.
    expect(row('noise, σ 16 of 255').accuracy.value).toBe(0.5);
    expect(await measureRobustness(await inputs(20), options)).toEqual(result);
  });

  it('looks at so many images and no more, and leaves AUROC out where no label is positive', async () => {
    const seen = new Set<number>();
    const result = await measureRobustness(await inputs(20), {
      preprocessing,
      images: 6,
      seed: 2,
      score: async (examples) => {
        seen.add(examples.classes.length);
        return score(examples);
      },
    });
    expect(result.images).toBe(6);
    expect([...seen]).toEqual([6]);
    expect(result.clean.auroc).toBeUndefined();
    expect(result.rows[0]).not.toHaveProperty('aurocChange');
  });

  it('corrupts before it prepares: a grey model sees colour corrupted first', async () => {
    const grey = imagePreprocessingSpec.parse({
      ...preprocessing,
      colour: 'grey',
      normalise: { mean: [0], std: [1] },
    });
    const random = seededRandom('colours');
    const data = Uint8Array.from({ length: side * side * 3 }, () => random.integer(256));
    const bytes = await encodeImage({ width: side, height: side, channels: 3, data }, 'png');
    const shapes: number[][] = [];
    await measureRobustness([{ path: 'a', truth: 0, read: async () => ({ bytes }) }], {
      preprocessing: grey,
      images: 1,
      seed: 1,
      score: async ({ views, classes }) => {
        shapes.push([...(await views(0)).shape]);
        return { probabilities: Float64Array.of(1, 0), labels: classes, classes: 2 };
      },
    });
    expect(shapes).toHaveLength(corruptions.length + 1);
    expect(new Set(shapes.map(String))).toEqual(new Set([`1,1,${side},${side}`]));
  });
});
