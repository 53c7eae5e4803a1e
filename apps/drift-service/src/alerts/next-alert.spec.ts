import { describe, expect, it } from '@jest/globals';
import type { DriftAlert, DriftVerdict } from '@assay/schema';
import { sampleReport } from '@assay/testing';
import { nextAlert } from './next-alert.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 20);

/** The report of a day that ended at an hour, made when it ended. */
function reportAt(
  hour: number,
  given: { drifted?: string[]; verdict?: DriftVerdict; lateHours?: number } = {},
) {
  const time = (at: number) => new Date(START + at * HOUR).toISOString();
  const { lateHours = 0, ...rest } = given;
  const window = { from: time(hour - 24), to: time(hour) };
  return sampleReport({ id: `report-${hour}`, window, time: time(hour + lateHours), ...rest });
}

/** What a series of hourly reports does; a verdict, or the features that drifted. */
function after(series: readonly (DriftVerdict | readonly string[])[], everyHours = 1) {
  let alert: DriftAlert | undefined;
  series.forEach((one, at) => {
    const given = typeof one === 'string' ? { verdict: one } : { drifted: [...one] };
    const report = reportAt(at * everyHours, given);
    alert = nextAlert(alert, report, { now: new Date(report.time), delivery: 'pending' });
  });
  return alert!;
}
const kinds = ({ history }: DriftAlert) => history.map(({ kind }) => kind).toReversed();

describe('nextAlert', () => {
  it('rings once for one drift, however many reports tell of it', () => {
    const alert = after([['alcohol'], ['alcohol'], ['alcohol']]);
    expect(kinds(alert)).toEqual(['alarm']);
    expect(alert).toMatchObject({
      status: 'alarm',
      since: '2026-11-20T00:00:00.000Z',
      features: ['alcohol'],
    });
    expect(alert.history[0]).toMatchObject({
      report: 'report-0',
      summary: 'wine: drifted in alcohol.',
      delivery: 'pending',
    });
  });

  it('rings again for a feature that was not told of, and not when it goes', () => {
    expect(kinds(after([['alcohol'], ['alcohol', 'ash'], ['ash'], ['alcohol']]))).toEqual([
      'alarm',
      'spread',
    ]);
  });

  it('is over after two stable reports in a row, not after one', () => {
    expect(after([['ash'], 'stable']).status).toBe('alarm');
    expect(kinds(after([['ash'], 'stable', ['ash'], 'stable']))).toEqual(['alarm']);
    const over = after([['ash'], 'stable', 'stable']);
    expect(kinds(over)).toEqual(['alarm', 'all-clear']);
    expect(over).toMatchObject({
      status: 'clear',
      features: [],
      stableInARow: 0,
      since: '2026-11-20T02:00:00.000Z',
    });
    expect(over.history[0]?.features).toEqual(['ash']);
    expect(kinds(after([['ash'], 'stable', 'stable', ['ash']]))).toEqual(['alarm', 'all-clear', 'alarm']);
  });

  it('does not change for want of data', () => {
    expect(kinds(after(['insufficient-data', 'insufficient-data']))).toEqual([]);
    expect(after([['ash'], 'stable', 'insufficient-data']).stableInARow).toBe(1);
    expect(after([['ash'], 'stable', 'insufficient-data', 'stable']).status).toBe('clear');
    expect(after(['stable', 'stable'])).toMatchObject({ status: 'clear', history: [] });
  });

  it('reminds once a day while a drift goes on', () => {
    const hours = Array.from({ length: 50 }, () => ['ash']);
    expect(kinds(after(hours))).toEqual(['alarm', 'reminder', 'reminder']);
  });

  it('takes a report into account once, and none of an earlier window', () => {
    const alert = after([['ash'], 'stable']);
    const options = { now: new Date(START + 5 * HOUR), delivery: 'pending' } as const;
    expect(nextAlert(alert, reportAt(1, { verdict: 'stable' }), options)).toBe(alert);
    expect(nextAlert(alert, reportAt(0.5, { drifted: ['alcohol'] }), options)).toBe(alert);
  });

  it('is not alarmed by history', () => {
    const options = { now: new Date(START + 48 * HOUR), delivery: 'none' } as const;
    expect(nextAlert(undefined, reportAt(0, { drifted: ['ash'], lateHours: 48 }), options)).toBeUndefined();
    expect(nextAlert(undefined, reportAt(0, { drifted: ['ash'], lateHours: 23 }), options)?.status).toBe(
      'alarm',
    );
  });

  it('remembers the latest fifty notices', () => {
    const series = Array.from({ length: 60 }, (_, at) => [`feature-${at}`]);
    const { history } = after(series);
    expect(history).toHaveLength(50);
    expect(history[0]?.features[0]).toBe('feature-59');
  });
});
