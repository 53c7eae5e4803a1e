import { seededRandom } from '@assay/random';
import { imagePreprocessingSpec, type ModelManifest } from '@assay/schema';
import { brightnessModel, makePng, tinyPackage } from '@assay/testing';
import { describe, expect, it } from '@jest/globals';
import type { Examples } from '../data/examples.ts';
import type { LabelledInput } from '../data/labelled-input.ts';
import { explanationsSection } from '../packaging/card/explanations-section.ts';
import { openExplainedModel } from './explained-model.ts';
import { measureExplanations } from './measure-explanations.ts';
import { pastePatch, patchShare } from './paste-patch.ts';
import { permutationImportance } from './permutation-importance.ts';

const preprocessing = imagePreprocessingSpec.parse(tinyPackage().manifest.preprocessing);
const question = {
  preprocessing,
  labels: ['dark', 'bright'],
  calibration: { temperature: 1, bias: [0, 0] },
  threads: 1,
};

/** Pictures of blocks, dark ones about grey 60 with a few bright blocks, bright ones the other way about. */
function pictures(count: number): LabelledInput[] {
  return Array.from({ length: count }, (_, index) => {
    const truth = index % 2;
    const random = seededRandom('pictures', index);
    const blocks = Array.from({ length: 64 }, () => {
      const bright = random.chance(truth === 1 ? 0.8 : 0.2);
      return (bright ? 200 : 40) + random.integer(20);
    });
    const bytes = makePng(32, 32, (x, y) => {
      const grey = blocks[Math.floor(y / 4) * 8 + Math.floor(x / 4)]!;
      return [grey, grey, grey];
    });
    return { path: `picture-${index}.png`, truth, read: async () => ({ bytes }) };
  });
}

describe('measured explanations', () => {
  it('find the maps of a faithful model better than chance, the same way for the same seed', async () => {
    const model = await openExplainedModel(brightnessModel(), question);
    const options = { preprocessing, images: 6, seed: 1 };
    const figures = await measureExplanations(pictures(10), model, options);
    expect(model.method).toBe('cam');
    expect(figures.images).toBe(6);
    const { deletion, insertion, patch } = figures;
    expect(deletion.map.interval![1]).toBeLessThan(deletion.random.interval![0]);
    expect(insertion.map.interval![0]).toBeGreaterThan(insertion.random.interval![1]);
    expect(patch!.area).toBe(0.25);
    // A patch of mostly the other brightness, in a picture that has a fifth of it all over.
    expect(patch!.inside.value).toBeGreaterThan(0.4);
    expect(await measureExplanations(pictures(10), model, options)).toEqual(figures);
    await model.close();
  });

  it('leave the patch out where there is one class only', async () => {
    const model = await openExplainedModel(brightnessModel(), question);
    const bright = pictures(6).filter(({ truth }) => truth === 1);
    const figures = await measureExplanations(bright, model, { preprocessing, images: 50, seed: 1 });
    expect(figures.images).toBe(3);
    expect(figures).not.toHaveProperty('patch');
    await model.close();
  });
});

describe('pasted patches', () => {
  it('take half of each side from the same place of the other image', () => {
    const photo = { width: 9, height: 6, channels: 1, data: new Uint8Array(54) } as const;
    const other = { width: 3, height: 2, channels: 1, data: new Uint8Array(6).fill(9) } as const;
    for (let seed = 0; seed < 20; seed++) {
      const { pixels, window } = pastePatch(photo, other, seededRandom(seed));
      expect([window.width, window.height]).toEqual([5, 3]);
      expect(window.left + window.width).toBeLessThanOrEqual(9);
      expect(window.top + window.height).toBeLessThanOrEqual(6);
      pixels.data.forEach((value, at) => {
        const [x, y] = [at % 9, Math.floor(at / 9)];
        const inside = x >= window.left && x < window.left + 5 && y >= window.top && y < window.top + 3;
        expect(value).toBe(inside ? 9 : 0);
      });
    }
    expect(photo.data.every((value) => value === 0)).toBe(true);
    expect(patchShare).toBe(0.25);
  });
});

describe('permutation importance', () => {
  const rows = Array.from({ length: 200 }, (_, row) => {
    const random = seededRandom('rows', row);
    return Float32Array.of(random.normal(), random.normal(), random.normal());
  });
  const examples = {
    classes: Int32Array.from(rows, ([, decisive]) => (decisive! > 0 ? 1 : 0)),
    views: async (index: number) => ({ shape: [1, 3], data: rows[index]! }),
  };
  const options = {
    features: ['noise', 'decisive', 'unused'],
    seed: 1,
    predict: async (changed: Examples) => {
      const predicted = [];
      for (const index of changed.classes.keys()) {
        const { data } = await changed.views(index);
        predicted.push(data[1]! + 0.3 * data[0]! > 0 ? 1 : 0);
      }
      return predicted;
    },
  };

  it('is what accuracy falls by, most important first', async () => {
    const [first, second, third] = await permutationImportance(examples, options);
    expect([first!.feature, second!.feature, third!.feature]).toEqual(['decisive', 'noise', 'unused']);
    // Right nine times in ten, and by chance once the decisive feature is shuffled.
    expect(first!.accuracyLost.value).toBeGreaterThan(0.35);
    expect(first!.accuracyLost.interval![0]).toBeGreaterThan(0.25);
    expect(Math.abs(second!.accuracyLost.value)).toBeLessThan(0.05);
    expect(third!.accuracyLost).toEqual({ value: 0, interval: [0, 0] });
  });

  it('repeats for a seed and leaves the examples as they are', async () => {
    const before = rows.map((row) => [...row]);
    expect(await permutationImportance(examples, options)).toEqual(
      await permutationImportance(examples, options),
    );
    expect(rows.map((row) => [...row])).toEqual(before);
  });
});

describe('the section of the card', () => {
  const section = (explanation: ModelManifest['explanation']) =>
    explanationsSection({
      manifest: { ...tinyPackage().manifest, explanation },
      card: { data: '', intendedUse: '', notFor: [] },
    });

  it('has a table of maps against random orders, and the share inside the patch', () => {
    const of = (value: number) => ({ value, interval: [value - 0.1, value + 0.1] as [number, number] });
    const text = section({
      method: 'cam',
      figures: {
        images: 7,
        deletion: { map: of(0.3), random: of(0.6) },
        insertion: { map: of(0.8), random: of(0.5) },
        patch: { inside: of(0.7), area: 0.25 },
      },
    });
    expect(text).toContain('Measured on 7 images');
    expect(text).toContain('| the map | 0.300 (0.200 – 0.400) | 0.800 (0.700 – 0.900) |');
    expect(text).toContain(
      '0.700 (0.600 – 0.800) of what speaks for that class lies inside it; by chance it would be 25.0 %',
    );
  });

  it('lists the importance of features', () => {
    const accuracyLost = { value: 0.123, interval: [0.1, 0.15] as [number, number] };
    const text = section({ method: 'contributions', importance: [{ feature: 'alcohol', accuracyLost }] });
    expect(text).toContain('Shapley');
    expect(text).toContain('| alcohol | +12.3 (+10.0 … +15.0) |');
  });

  it('is left out where nothing is explained', () => {
    expect(section({ method: 'none' })).toBe('');
  });
});
