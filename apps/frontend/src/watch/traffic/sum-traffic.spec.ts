import { describe, expect, it } from '@jest/globals';
import type { TrafficInterval } from '../watch-types.ts';
import { countSeries, OTHERS, summarise, totals } from './sum-traffic.ts';

const interval = (from: number, part: Partial<TrafficInterval>): TrafficInterval => ({
  from: new Date(from).toISOString(),
  requests: 0,
  outcomes: {},
  decisions: {},
  codes: {},
  feedback: { given: 0, right: 0 },
  ...part,
});

describe('traffic', () => {
  const intervals = [
    interval(0, {
      requests: 5,
      outcomes: { answered: 4, refused: 1 },
      decisions: { cat: 3, uncertain: 1 },
      latencyMs: { p50: 1, p90: 2, p99: 9 },
      feedback: { given: 2, right: 1 },
    }),
    interval(2000, {
      requests: 2,
      outcomes: { answered: 2 },
      decisions: { dog: 1, 'out-of-scope': 1 },
      latencyMs: { p50: 1, p90: 2, p99: 5 },
    }),
  ];

  it('sums up', () => {
    expect(summarise(intervals)).toEqual({
      requests: 7,
      answered: 6,
      undecided: 2,
      told: 2,
      right: 1,
      slowest: 9,
    });
    expect(summarise([])).toEqual({
      requests: 0,
      answered: 0,
      undecided: 0,
      told: 0,
      right: 0,
      slowest: undefined,
    });
  });

  it('is a series for each name, with nothing in steps without requests', () => {
    const series = countSeries(intervals, {
      steps: [0, 1000, 2000],
      facet: 'outcomes',
      colours: { answered: 'blue' },
    });
    expect(series.map(({ name, values }) => [name, values])).toEqual([
      ['answered', [4, 0, 2]],
      ['refused', [1, 0, 0]],
    ]);
    expect(series[0]!.colour).toBe('blue');
  });

  it('of many names has colours for the most frequent and sums the rest up', () => {
    const many = [
      interval(0, {
        decisions: Object.fromEntries(
          ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, at) => [name, 8 - at]),
        ),
      }),
    ];
    const series = countSeries(many, { steps: [0], facet: 'decisions' });
    expect(series.map(({ name, values }) => [name, values[0]])).toEqual([
      ['a', 8],
      ['b', 7],
      ['c', 6],
      ['d', 5],
      ['e', 4],
      [OTHERS, 6],
    ]);
  });

  it('counts names that every object has like any other', () => {
    const odd = [interval(0, { decisions: { constructor: 2, valueOf: 1 } })];
    expect(totals(odd, 'decisions')).toEqual([
      ['constructor', 2],
      ['valueOf', 1],
    ]);
    expect(countSeries(odd, { steps: [0, 1], facet: 'decisions' })[0]!.values).toEqual([2, 0]);
  });
});
