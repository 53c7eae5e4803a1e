import { describe, expect, it } from '@jest/globals';
import { prediction } from '@assay/schema';
import { classificationOf, type AnswerSpec } from './classification.ts';
import { decide } from './decide.ts';
import { rankLabels } from './rank-labels.ts';

const spec: AnswerSpec = {
  name: 'pets',
  version: '3',
  labels: ['cat', 'dog', 'fish'],
  calibration: { temperature: 1, bias: [0, 0, 0] },
  decision: { minimumConfidence: 0.5 },
};
const scores = { variant: 'fp32', logits: [Math.log(2), Math.log(5), Math.log(1)], views: 2 } as const;

describe('decide', () => {
  const sure = { label: 'cat', confidence: 0.9, minimumConfidence: 0.8 };

  it('says the label from the least confidence on', () => {
    expect(decide(sure)).toBe('cat');
    expect(decide({ ...sure, confidence: 0.8 })).toBe('cat');
    expect(decide({ ...sure, confidence: 0.7999 })).toBe('uncertain');
  });

  it('puts out-of-scope before both', () => {
    expect(decide({ ...sure, inside: false })).toBe('out-of-scope');
    expect(decide({ ...sure, confidence: 0.1, inside: false })).toBe('out-of-scope');
    expect(decide({ ...sure, confidence: 0.1, inside: true })).toBe('uncertain');
  });
});

describe('rankLabels', () => {
  it('orders by probability, and ties by position', () => {
    expect(rankLabels(['a', 'b', 'c', 'd'], [0.2, 0.3, 0.2, 0.3], 3)).toEqual([
      { label: 'b', index: 1, probability: 0.3 },
      { label: 'd', index: 3, probability: 0.3 },
      { label: 'a', index: 0, probability: 0.2 },
    ]);
  });

  it('gives at least one label and at most all', () => {
    expect(rankLabels(['a', 'b'], [0.4, 0.6], 0)).toHaveLength(1);
    expect(rankLabels(['a', 'b'], [0.4, 0.6], 99)).toHaveLength(2);
  });
});

describe('classificationOf', () => {
  it('gives the answer of the HTTP schema', () => {
    const answer = classificationOf(spec, scores);
    expect(prediction.omit({ id: true }).parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      model: { name: 'pets', version: '3', variant: 'fp32' },
      prediction: 'dog',
      decision: 'dog',
      views: 2,
    });
    expect(answer.confidence).toBeCloseTo(5 / 8, 12);
    expect(answer.probabilities.cat).toBeCloseTo(2 / 8, 12);
    expect(answer.top.map((entry) => entry.label)).toEqual(['dog', 'cat', 'fish']);
    expect(answer).not.toHaveProperty('scope');
  });

  it('states the probability of the positive label where there is one, else of the prediction', () => {
    expect(classificationOf(spec, scores).probability).toBeCloseTo(5 / 8, 12);
    expect(classificationOf({ ...spec, positiveLabel: 'cat' }, scores).probability).toBeCloseTo(2 / 8, 12);
  });

  it('lists as many labels as asked for, five by default', () => {
    expect(classificationOf(spec, scores, 2).top).toHaveLength(2);
    const labels = Array.from({ length: 8 }, (_, i) => `label ${i}`);
    const many = { ...spec, labels, calibration: { temperature: 1, bias: labels.map(() => 0) } };
    expect(classificationOf(many, { ...scores, logits: labels.map((_, i) => i) }).top).toHaveLength(5);
  });

  it('keeps an input at the threshold and turns one beyond it away', () => {
    const scopeGate = { method: 'mahalanobis', file: 'x', threshold: 4, coverage: 0.99 } as const;
    const at = (distance: number) => classificationOf({ ...spec, scopeGate }, { ...scores, distance });
    expect(at(4)).toMatchObject({ decision: 'dog', scope: { distance: 4, threshold: 4, inside: true } });
    expect(at(4.01)).toMatchObject({ decision: 'out-of-scope', prediction: 'dog', scope: { inside: false } });
  });
});
