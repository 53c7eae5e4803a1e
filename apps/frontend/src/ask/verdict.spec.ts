import { describe, expect, it } from '@jest/globals';
import { likelihood, verdictOf } from './verdict.ts';

const answer = { prediction: 'ai-generated', confidence: 0.93, decision: 'ai-generated' };

describe('likelihood', () => {
  it.each([
    [1, 'Almost certainly'],
    [0.99, 'Almost certainly'],
    [0.9899, 'Very likely'],
    [0.9, 'Very likely'],
    [0.66, 'Likely'],
    [0.5, 'More likely than not'],
    [0.49, 'At best'],
  ])('%d is called: %s', (probability, words) => {
    expect(likelihood(probability)).toBe(words);
  });
});

describe('a verdict', () => {
  it('says label and probability in words, and what the number means', () => {
    expect(verdictOf(answer, { minimumConfidence: 0.81 })).toEqual({
      kind: 'sure',
      headline: 'Very likely AI-generated',
      meaning: 'On inputs like those it learnt from, about 93 of 100 answers as sure as this one are right.',
      why: 'The model is 93 % sure, above the 81 % that it asks for.',
    });
  });

  it('does not name a label first where the model is uncertain, and says from when on it is not', () => {
    const verdict = verdictOf(
      { ...answer, confidence: 0.62, decision: 'uncertain' },
      { minimumConfidence: 0.81 },
    );
    expect(verdict.headline).toBe('Too close to call');
    expect(verdict.why).toMatch(/leans to “AI-generated” with 62 %.*commits itself from 81 % on/);
  });

  it('says how far off an input is that the model does not know', () => {
    const verdict = verdictOf({ ...answer, decision: 'out-of-scope', distance: 300 }, { distanceLimit: 120 });
    expect(verdict.kind).toBe('out-of-scope');
    expect(verdict.meaning).toMatch(/a number that means little here/);
    expect(verdict.why).toMatch(/2\.5 times as far/);
  });

  it('does without what is not known of the model', () => {
    expect(verdictOf({ ...answer, decision: 'uncertain' }).why).not.toMatch(/undefined|NaN/);
    expect(verdictOf({ ...answer, decision: 'out-of-scope', distance: 3 }).why).not.toMatch(/undefined|NaN/);
  });
});
