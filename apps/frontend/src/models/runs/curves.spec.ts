import { describe, expect, it } from '@jest/globals';
import { differences, epochsOf, validationMetrics, valuesOf } from './curves.ts';

const line = (epoch: number, loss: number | null, validation?: Record<string, number | null>) => ({
  epoch,
  loss,
  accuracy: 0.5,
  learningRate: 0.1,
  ...(validation === undefined ? {} : { validation }),
});

describe('curves of runs', () => {
  const one = { curve: [line(1, 2), line(2, 1, { accuracy: 0.6 }), line(4, null, { accuracy: null })] };
  const other = { curve: [line(2, 3, { auroc: 0.7 }), line(2, 4, { auroc: 0.8 })] };

  it('share one axis, on which each has what it measured', () => {
    const epochs = epochsOf([one, other]);
    expect(epochs).toEqual([1, 2, 4]);
    expect(valuesOf(one, { of: 'training', name: 'loss' }, epochs)).toEqual([2, 1, null]);
    expect(valuesOf(one, { of: 'validation', name: 'accuracy' }, epochs)).toEqual([null, 0.6, null]);
    expect(validationMetrics([one, other])).toEqual(['accuracy', 'auroc']);
  });

  it('of a run that was resumed: the later line of an epoch holds', () => {
    expect(valuesOf(other, { of: 'training', name: 'loss' }, [2])).toEqual([4]);
  });
});

it('differences are the settings that are not the same everywhere', () => {
  const runs = [
    { settings: { rate: 0.1, epochs: 3, seed: 1 } },
    { settings: { rate: 0.2, epochs: 3 } },
  ];
  expect(differences(runs)).toEqual([
    ['rate', [0.1, 0.2]],
    ['seed', [1, undefined]],
  ]);
});
