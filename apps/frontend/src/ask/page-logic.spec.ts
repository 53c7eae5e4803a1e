import { describe, expect, it } from '@jest/globals';
import { rangeOf } from './feature-range.ts';
import { parseHistory, withEntry, type HistoryEntry } from './history.ts';
import { picturesIn } from './pictures-in.ts';
import { parseServerTiming } from './server-timing.ts';

describe('the range of a feature', () => {
  it('is that of the training data, in round steps', () => {
    expect(rangeOf({ name: 'acidity', mean: 8.337, std: 1.7, min: 4.6, max: 15.9 })).toEqual({
      min: 4.6,
      max: 15.9,
      step: 0.01,
      typical: 8.34,
    });
  });

  it('is three standard deviations around the mean where that is not known', () => {
    expect(rangeOf({ name: 'x', mean: 0, std: 100 })).toMatchObject({ min: -300, max: 300, step: 1 });
  });

  it('has room where a feature never varied', () => {
    const { min, max, typical } = rangeOf({ name: 'colour', mean: 1, std: 1, min: 1, max: 1 });
    expect([min, typical, max]).toEqual([0, 1, 2]);
  });
});

describe('Server-Timing', () => {
  it('is read in its order; what has no duration is left out', () => {
    expect(parseServerTiming('decode;dur=4.10, cache;desc="x", total;desc="a";dur=12')).toEqual([
      { name: 'decode', ms: 4.1 },
      { name: 'total', ms: 12 },
    ]);
    expect(parseServerTiming(null)).toEqual([]);
    expect(parseServerTiming('decode;dur=soon')).toEqual([]);
  });
});

describe('the history', () => {
  const entry = (id: string): HistoryEntry => ({
    id,
    time: '2026-11-20T17:00:00Z',
    name: 'a.png',
    model: 'tiny',
    prediction: 'dark',
    decision: 'dark',
    confidence: 0.9,
  });

  it('is read as it was written', () => {
    expect(parseHistory(JSON.stringify([entry('a')]))).toEqual([entry('a')]);
  });

  it.each([null, '', '{', '{}', '[1]', '[{"id":"a"}]'])('is empty where there is none: %j', (text) => {
    expect(parseHistory(text)).toEqual([]);
  });

  it('takes only pictures that are data of this page', () => {
    const hostile = { ...entry('a'), thumbnail: 'https://example.org/pixel.gif' };
    expect(parseHistory(JSON.stringify([hostile]))).toEqual([]);
  });

  it('has each result once, the latest first, and sixty at most', () => {
    const many = Array.from({ length: 60 }, (_, at) => entry(String(at)));
    const next = withEntry(many, entry('7'));
    expect(next).toHaveLength(60);
    expect(next[0]!.id).toBe('7');
    expect(withEntry(many, entry('new')).at(-1)!.id).toBe('58');
  });
});

describe('a drop or a paste', () => {
  it('gives its files, but those that say that they are no pictures', () => {
    const file = (name: string, type: string) => new File(['x'], name, { type });
    const files = [
      file('a.png', 'image/png'),
      file('b', ''),
      file('c.txt', 'text/plain'),
      file('d.mp4', 'video/mp4'),
    ];
    const data = { files: files as unknown as FileList };
    expect(picturesIn(data).map(({ name }) => name)).toEqual(['a.png', 'b']);
    expect(picturesIn(null)).toEqual([]);
  });
});
