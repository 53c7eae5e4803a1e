import { describe, expect, it } from '@jest/globals';
import { axisTexts, everyHowMany } from './axes.ts';
import { colourAt, COLOURS, stacked } from './series.ts';

describe('the data of a chart', () => {
  it('is stacked from the first series up, where nothing is missing by adding nothing', () => {
    const series = [[1, 2, null], [10, null, 30], [100]].map((values) => ({
      name: 'x',
      colour: 'c',
      values,
    }));
    expect(stacked(series)).toEqual([
      [1, 2, 0],
      [11, 2, 30],
      [111, 2, 30],
    ]);
    expect(stacked([])).toEqual([]);
  });

  it('has colours that come round again', () => {
    expect(colourAt(COLOURS.length)).toBe(COLOURS[0]);
  });
});

describe('texts along an axis', () => {
  it('are cut where they are too long, and not said twice in a row', () => {
    expect(axisTexts(['0 %', '1 %', '1 %', 'x'.repeat(30)])).toEqual([
      '0 %',
      '1 %',
      '',
      `${'x'.repeat(19)}…`,
    ]);
  });

  it('are as many as there is room for', () => {
    expect(everyHowMany(10, { width: 600, widest: 40 })).toBe(1);
    expect(everyHowMany(24, { width: 600, widest: 40 })).toBe(3);
    expect(everyHowMany(5, { width: 0, widest: 40 })).toBe(300);
  });
});
