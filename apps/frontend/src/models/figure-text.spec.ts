import { describe, expect, it } from '@jest/globals';
import { exactPercent, figureText, intervalText, pointsText } from './figure-text.ts';
import { inOrder, wordsForMetric } from './metric-words.ts';

describe('figures', () => {
  it('that are shares are told in percent, the others as numbers', () => {
    expect(figureText('accuracy', 0.8369565)).toBe('83.7 %');
    expect(figureText('auroc', 0.9127968)).toBe('0.913');
    expect(figureText('made-up', 1234.5)).toBe('1,235');
    expect([exactPercent(0), exactPercent(1)]).toEqual(['0 %', '100 %']);
  });

  it('have their interval beside them', () => {
    expect(intervalText('accuracy', [0.7772, 0.8913])).toBe('77.7 – 89.1 %');
    expect(intervalText('auroc', [0.8722, 0.9531])).toBe('0.872 – 0.953');
    expect(intervalText('accuracy', undefined)).toBe('');
  });

  it('change by points, with a sign that is seen', () => {
    expect([0.012, -0.0344, 0.0002, -0.0002].map(pointsText)).toEqual(['+1.2', '−3.4', '±0', '±0']);
  });

  it('come in the order in which people ask for them, unknown ones last', () => {
    expect(inOrder(['made-up', 'logLoss', 'accuracy', 'auroc'])).toEqual(['accuracy', 'auroc', 'logLoss', 'made-up']);
  });

  it('that are named like what every object has are none the less only names', () => {
    expect(wordsForMetric('constructor')).toEqual({ name: 'constructor', means: '', better: 'higher', isShare: false });
  });
});
