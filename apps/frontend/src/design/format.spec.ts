import { describe, expect, it } from '@jest/globals';
import { bytes, milliseconds, number, percent, words } from './format.ts';

describe('numbers as people read them', () => {
  it.each([
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.0042, '0.4 %'],
    [0.256, '26 %'],
    [0.994, '99.4 %'],
    [0.9999, '> 99.9 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, text) => expect(percent(share)).toBe(text));

  it.each([
    [812, '812 B'],
    [3_400, '3.4 KB'],
    [999_499, '999 KB'],
    [999_500, '1.0 MB'],
    [12_300_000, '12 MB'],
  ])('%d bytes are %s', (count, text) => expect(bytes(count)).toBe(text));

  it.each([
    [8.44, '8.4 ms'],
    [312.4, '312 ms'],
    [999.6, '1.0 s'],
  ])('%d milliseconds are %s', (span, text) => expect(milliseconds(span)).toBe(text));

  it('has three digits that say something', () => {
    expect([0.99678, 15.700000001, 12_345.6, 0, Number.NaN].map(number)).toEqual([
      '0.997',
      '15.7',
      '12,346',
      '0',
      'NaN',
    ]);
  });

  it('names of machines are words', () => {
    expect(['ai-generated', 'free_sulfur_dioxide', 'airplane', 'AI'].map(words)).toEqual([
      'AI-generated',
      'free sulfur dioxide',
      'airplane',
      'AI',
    ]);
  });
});
