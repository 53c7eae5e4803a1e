import { describe, expect, it } from '@jest/globals';
import { spanNamed, SPANS, stepsOf, windowOf, type SpanName } from './spans.ts';

describe('spans of time', () => {
  it.each(Object.keys(SPANS) as SpanName[])('%s has whole steps, and now is in the last', (name) => {
    const now = Date.parse('2026-11-20T17:42:31.123Z');
    const { from, to } = windowOf(name, now);
    const steps = stepsOf({ from: from.toISOString(), to: to.toISOString() }, SPANS[name].stepMs);
    expect(steps).toHaveLength(SPANS[name].lengthMs / SPANS[name].stepMs);
    expect(steps.at(-1)!).toBeLessThanOrEqual(now);
    expect(to.getTime()).toBeGreaterThan(now);
  });

  it('that nobody knows are the day', () => {
    expect([null, '', 'year', 'toString', 'week'].map(spanNamed)).toEqual([
      'day',
      'day',
      'day',
      'day',
      'week',
    ]);
  });
});
