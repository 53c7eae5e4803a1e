import { describe, expect, it } from '@jest/globals';
import type { MetricName, TrialRecord } from '@assay/training-runs';
import { rankTrials } from './rank-trials.ts';
import { judge, reportTrials, type TestFigures } from './sweep-report.ts';
import { shortNames, sweepTable } from './sweep-table.ts';

/** A trial of this value, log loss and status. */
function trial(
  number: number,
  value: number | null,
  more: { logLoss?: number; status?: TrialRecord['status']; reason?: string } = {},
): TrialRecord {
  const { logLoss = 1, status = 'finished', ...rest } = more;
  const best = { best: { epoch: 3, value, logLoss } };
  return {
    trial: number,
    values: { rate: number / 10 },
    status,
    seen: [],
    points: [],
    seconds: 2,
    ...best,
    ...rest,
  };
}

function conclude(
  trials: TrialRecord[],
  test: Omit<TestFigures, 'difference'>,
  metric: MetricName = 'accuracy',
) {
  const report = reportTrials(rankTrials(trials, metric), {
    name: 'test',
    metric,
    size: trials.length - 1,
    runOf: (number) => `runs/${number}`,
    commandOf: (record) => `assay train rate=${JSON.stringify(record.values.rate)}`,
  });
  return judge(report, { ...test, difference: null });
}

describe('the conclusion of a sweep', () => {
  it('says that the best beats the default configuration on validation and on test', () => {
    const report = conclude([trial(0, 0.5), trial(1, 0.4), trial(2, 0.6)], { best: 0.7, default: 0.65 });
    expect(report).toMatchObject({ best: 2, beatsDefault: { validation: true, test: true } });
    expect(report.command).toBe('assay train rate=0.2');
    expect(report.verdict).toBe(
      'Trial 2 beats the default configuration on validation (accuracy 0.6000 against 0.5000), ' +
        'and beats it on test (accuracy 0.7000 against 0.6500).',
    );
  });

  it('says that it does so on validation only, and does not choose another for it', () => {
    const report = conclude([trial(0, 0.5), trial(1, 0.55), trial(2, 0.6)], { best: 0.6, default: 0.65 });
    expect(report).toMatchObject({ best: 2, beatsDefault: { validation: true, test: false } });
    expect(report.verdict).toMatch(/, but does not beat it on test \(accuracy 0\.6000 against 0\.6500\)\.$/);
  });

  it('says that the default configuration was not beaten', () => {
    const report = conclude([trial(0, 0.5), trial(1, 0.4)], { best: 0.6, default: 0.6 });
    expect(report).toMatchObject({ best: 0, beatsDefault: { validation: false, test: false } });
    expect(report.verdict).toBe('No trial beats the default configuration on validation (accuracy 0.5000).');
  });

  it('does not call an equal value better where only the log loss is', () => {
    const report = conclude([trial(0, 0.5), trial(1, 0.5, { logLoss: 0.9 })], { best: 0.6, default: 0.6 });
    expect(report).toMatchObject({ best: 1, beatsDefault: { validation: false, test: false } });
    expect(report.verdict).toMatch(/^Trial 1 only equals .*, and does not beat it on test/);
  });

  it('knows of which metric less is better', () => {
    const report = conclude([trial(0, 0.5), trial(1, 0.4)], { best: 0.45, default: 0.6 }, 'logLoss');
    expect(report).toMatchObject({ best: 1, beatsDefault: { validation: true, test: true } });
  });

  it('says why there is none', () => {
    const failed = { status: 'failed', reason: 'The loss became NaN.' } as const;
    const report = conclude([trial(0, null, failed), trial(1, null, failed)], { best: 0, default: 0 });
    expect(report).toMatchObject({ best: null, command: null });
    expect(report.verdict).toBe('No trial has a result: The loss became NaN.');
  });
});

describe('the table of a sweep', () => {
  it('has the best first and marked, and those without a result last', () => {
    const { trials, ...report } = conclude(
      [trial(0, 0.5), trial(1, null, { status: 'failed' }), trial(2, 0.625)],
      { best: 0.6, default: 0.6 },
    );
    expect(sweepTable({ trials, ...report })).toEqual([
      '   trial    accuracy  logLoss  epoch  seconds  status    rate',
      '*  2        0.6250    1.0000   3      2.0      finished  0.2',
      '   default  0.5000    1.0000   3      2.0      finished  0',
      '   1        –         1.0000   3      2.0      failed    0.1',
    ]);
  });

  it('calls parameters by the last words that tell them apart', () => {
    expect(
      shortNames(['optimiser.weightDecay', 'epochs', 'network.layers.0.units', 'network.layers.1.units']),
    ).toEqual(['weightDecay', 'epochs', 'layers.0.units', 'layers.1.units']);
  });
});
