import { describe, expect, it } from '@jest/globals';
import { imagePreprocessingSpec, type PreprocessingSpec } from '@assay/schema';
import { typicalShape } from './input.ts';

const image = (rest: object): PreprocessingSpec =>
  imagePreprocessingSpec.parse({
    kind: 'image',
    resize: { mode: 'none' },
    crop: { mode: 'none' },
    normalise: { mean: [0, 0, 0], std: [1, 1, 1] },
    ...rest,
  });

describe('typicalShape', () => {
  it.each<[string, PreprocessingSpec, number[]]>([
    [
      'the crop',
      image({
        resize: { mode: 'shortest-side', size: 256 },
        crop: { mode: 'centre', width: 200, height: 100 },
      }),
      [1, 3, 100, 200],
    ],
    [
      'several crops, each mirrored',
      image({ crop: { mode: 'several', width: 96, height: 96, count: 4 }, mirror: true }),
      [8, 3, 96, 96],
    ],
    ['the stretched image', image({ resize: { mode: 'stretch', width: 32, height: 16 } }), [1, 3, 16, 32]],
    ['the padded square', image({ resize: { mode: 'pad-square', size: 48 } }), [1, 3, 48, 48]],
    ['an image of any size', image({}), [1, 3, 64, 64]],
    ['grey', image({ colour: 'grey', normalise: { mean: [0], std: [1] } }), [1, 1, 64, 64]],
    ['features', { kind: 'tabular', features: [{ name: 'a', mean: 0, std: 1 }] }, [1, 1]],
  ])('follows %s', (_, spec, expected) => {
    expect(typicalShape(spec)).toEqual(expected);
  });
});
