import { describe, expect, it } from '@jest/globals';
import type { DriftReportRequest } from '@assay/schema';
import { resolveWindow } from './resolve-window.ts';

const now = new Date('2026-11-20T14:07:30.500Z');
const resolve = (asked: DriftReportRequest['window']) => {
  const { from, to } = resolveWindow(asked, { now, span: '24h' });
  return [from, to].map((time) => time.replace(':00.000Z', 'Z'));
};

describe('resolveWindow', () => {
  it('means the hours that are over where nothing is said: the same for all who ask in an hour', () => {
    expect(resolve(undefined)).toEqual(['2026-11-19T14:00Z', '2026-11-20T14:00Z']);
  });

  it('means up to this minute where a span is said, from the beginning of an hour', () => {
    expect(resolve('24h')).toEqual(['2026-11-19T14:00Z', '2026-11-20T14:08Z']);
    expect(resolve('7d')).toEqual(['2026-11-13T14:00Z', '2026-11-20T14:08Z']);
  });

  it('rounds a window that is told to hours, in the current hour to minutes', () => {
    expect(resolve({ from: '2026-11-18T03:20:00Z', to: '2026-11-18T04:50:00+01:00' })).toEqual([
      '2026-11-18T03:00Z',
      '2026-11-18T04:00Z',
    ]);
    expect(resolve({ from: '2026-11-20T13:59:59.999Z', to: '2026-11-20T14:05:01Z' })).toEqual([
      '2026-11-20T13:00Z',
      '2026-11-20T14:06Z',
    ]);
  });

  it.each([
    ['begins before it ends', { from: '2026-11-20T10:00:00Z', to: '2026-11-20T10:00:00Z' }],
    ['ends in the future', { from: '2026-11-20T10:00:00Z', to: '2026-11-20T15:00:00Z' }],
    ['92 days at most', { from: '2026-01-01T00:00:00Z', to: '2026-11-20T00:00:00Z' }],
    ['92 days at most', '9999d'],
  ])('refuses a window: %s', (what, asked) => {
    expect(() => resolve(asked)).toThrow(
      expect.objectContaining({ code: 'invalid-window', message: expect.stringContaining(what) }),
    );
  });
});
