import { describe, expect, it } from '@jest/globals';
import type { ReportEntry } from '../watch-types.ts';
import { aspectWords, featureWords } from './feature-words.ts';
import { latestByModel } from './latest-by-model.ts';
import { toCompare } from './to-compare.ts';

const report = (
  id: string,
  name: string,
  from: string,
  verdict: ReportEntry['verdict'] = 'stable',
): ReportEntry => ({
  id,
  time: from,
  model: { name, version: '1' },
  window: { from, to: from },
  verdict,
  summary: '',
  records: 1,
  drifted: [],
});

const reports = [
  report('c', 'birds', '2026-11-20T02:00:00Z'),
  report('b', 'wine', '2026-11-20T01:00:00Z', 'drifted'),
  report('a', 'birds', '2026-11-20T00:00:00Z', 'drifted'),
];

describe('reports', () => {
  it('are the latest of each model, what drifted first', () => {
    expect(latestByModel(reports).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('are compared from the earlier to the later, two of one model', () => {
    expect(toCompare(reports, ['c', 'a'])).toEqual({ before: 'a', after: 'c' });
    expect(toCompare(reports, ['a', 'b'])).toBeUndefined();
    expect(toCompare(reports, ['a'])).toBeUndefined();
  });
});

describe('features', () => {
  it.each([
    ['image.brightness', 'Brightness'],
    ['score.ai-generated', 'Score of AI-generated'],
    ['feature.free_sulfur', 'free sulfur'],
    ['embedding.3', 'Embedding, direction 3'],
    ['alcohol', 'alcohol'],
    ['constructor', 'constructor'],
  ])('%s is called %s', (feature, words) => {
    expect(featureWords(feature)).toBe(words);
  });

  it('may be judged by whether they are there', () => {
    expect(aspectWords('image.jpegQuality', 'missing')).toBe('JPEG quality: whether there is any');
  });
});
