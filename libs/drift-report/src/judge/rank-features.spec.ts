import { describe, expect, it } from '@jest/globals';
import { weightsOf } from './feature-groups.ts';
import { rankFeatures, type Rankable } from './rank-features.ts';

const found = (
  feature: string,
  effect: number | null,
  verdict: Rankable['verdict'] = 'drifted',
): Rankable => ({
  ...{ feature, effect, verdict },
  ...{ aspect: 'values', threshold: 0.1 },
});
const order = (...features: Rankable[]) => rankFeatures(features).map(({ feature }) => feature);

describe('rankFeatures', () => {
  it('puts drifted features first, then goes by effect in units of the threshold', () => {
    const weak = { ...found('image.saturation', 0.6), threshold: 0.5 };
    expect(
      order(
        found('image.width', 0.9, 'stable'),
        weak,
        found('image.brightness', 0.2),
        found('prediction', null, 'insufficient-data'),
      ),
    ).toEqual(['image.brightness', 'image.saturation', 'image.width', 'prediction']);
  });

  it('puts symptoms behind their cause, up to three times as loud, and names the first cause', () => {
    const ranked = rankFeatures([
      found('embedding.3', 2.1),
      found('image.entropy', 2),
      found('image.contrast', 1.8),
      found('image.brightness', 1.6),
    ]);
    expect(ranked.map(({ feature, follows }) => [feature, follows])).toEqual([
      ['image.brightness', undefined],
      ['embedding.3', 'image.brightness'],
      ['image.entropy', 'image.brightness'],
      ['image.contrast', 'image.brightness'],
    ]);
    expect(order(found('image.bytes', 4), found('image.sharpness', 1))).toEqual([
      'image.bytes',
      'image.sharpness',
    ]);
    expect(order(found('image.bytes', 2.9), found('image.sharpness', 1))).toEqual([
      'image.sharpness',
      'image.bytes',
    ]);
  });

  it('takes no symptom for a cause: what is stable explains nothing, and distance from the training data follows from nothing', () => {
    expect(order(found('image.contrast', 1), found('image.brightness', 0.9, 'stable'))[0]).toBe(
      'image.contrast',
    );
    expect(order(found('scopeDistance', 1), found('image.brightness', 0.9))[0]).toBe('scopeDistance');
    expect(order(found('confidence', 1), found('image.brightness', 0.9))[0]).toBe('image.brightness');
  });
});

describe('weightsOf', () => {
  it('lets the dimensions of an embedding claim as much as four features, and ordinary ones 1 each', () => {
    const dimensions = Array.from({ length: 32 }, (_, k) => `embedding.${k}`);
    const weight = weightsOf(['image.brightness', 'score.a', 'score.b', ...dimensions]);
    expect(weight('image.brightness')).toBe(1);
    expect(weight('score.a')).toBe(1);
    expect(dimensions.reduce((sum, name) => sum + weight(name), 0)).toBeCloseTo(4, 12);
  });
});
