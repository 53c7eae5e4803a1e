import { describe, expect, it } from '@jest/globals';
import { colourAt, COLOURS, rowsOf } from './series.ts';

describe('rows of a chart', () => {
  it('have a value of each series at each place', () => {
    const rows = rowsOf(
      ['a', 'b'],
      [
        { name: 'x', colour: 'c', values: [1, null] },
        { name: 'y', colour: 'c', values: [2] },
      ],
    );
    expect(rows).toEqual([
      { place: 'a', s0: 1, s1: 2 },
      { place: 'b', s0: null, s1: null },
    ]);
  });

  it('are keyed by place, whatever a series is called', () => {
    const [row] = rowsOf([0], [{ name: '__proto__', colour: 'c', values: [7] }]);
    expect(Object.keys(row!)).toEqual(['place', 's0']);
  });

  it('have colours that come round again', () => {
    expect(colourAt(COLOURS.length)).toBe(COLOURS[0]);
  });
});
