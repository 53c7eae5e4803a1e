import { betterEnd, type MetricName, type TrialRecord } from '@assay/training-runs';
import type { Values } from './parameter.ts';
import { achievement } from './rank-trials.ts';

/** A trial as it is reported; figures are of the validation part unless said otherwise. */
export interface ReportedTrial {
  trial: number;
  isDefault: boolean;
  status: TrialRecord['status'];
  value: number | null;
  logLoss: number | null;
  /** Of the best checkpoint. */
  epoch: number | null;
  seconds: number | null;
  values: Values;
  /** Folder of the run. */
  run: string;
}

/** The best trial and the default configuration on the test part. */
export interface TestFigures {
  best: number;
  default: number;
  /** A paired comparison in words; null where there are no two to compare. */
  difference: string | null;
}

/** The outcome of a sweep. */
export interface SweepReport {
  name: string;
  metric: MetricName;
  /** Trials that have not ended, those of other slices too. */
  open: number;
  /** Best first. */
  trials: ReportedTrial[];
  /** Number of the best trial on the validation part, the default configuration among them. */
  best: number | null;
  /** That trains the best again and packages it. */
  command: string | null;
  /** The metric on the test part, which was looked at last and chose nothing. */
  test: TestFigures | null;
  /** Whether the best is better than the default configuration; null where that cannot be said. */
  beatsDefault: { validation: boolean | null; test: boolean | null };
  /** The same in words. */
  verdict: string;
}

/** @param ranked Best first. */
export function reportTrials(
  ranked: readonly TrialRecord[],
  sweep: {
    name: string;
    metric: MetricName;
    /** Trials in all, the default configuration not counted. */
    size: number;
    runOf: (trial: number) => string;
    commandOf: (record: TrialRecord) => string;
  },
): SweepReport {
  const ended = ranked.filter(({ status }) => status !== 'running');
  const [first] = ended;
  const best = first !== undefined && achievement(first) !== undefined ? first : undefined;
  const open = sweep.size + 1 - ended.length;
  return {
    name: sweep.name,
    metric: sweep.metric,
    open,
    trials: ended.map(({ trial, status, best: own, seconds, values }) => ({
      trial,
      isDefault: trial === 0,
      status,
      value: own?.value ?? null,
      logLoss: own?.logLoss ?? null,
      epoch: own?.epoch ?? null,
      seconds: seconds ?? null,
      values,
      run: sweep.runOf(trial),
    })),
    best: best?.trial ?? null,
    command: best ? sweep.commandOf(best) : null,
    test: null,
    beatsDefault: { validation: null, test: null },
    verdict:
      open > 0
        ? `${open} of ${sweep.size + 1} trials have not ended; the sweep says nothing yet.`
        : `No trial has a result: ${first?.reason ?? 'none was validated'}`,
  };
}

/** Adds what the sweep has found, once every trial has ended. */
export function judge(report: SweepReport, test: TestFigures | null): SweepReport {
  const { best, metric, trials } = report;
  const standard = trials.find(({ isDefault }) => isDefault);
  const winner = trials.find(({ trial }) => trial === best);
  if (report.open > 0 || winner === undefined) return report;
  if (standard?.value == null)
    return {
      ...report,
      test,
      verdict: `Trial ${best} is the best; the default configuration has no result.`,
    };
  if (winner.isDefault)
    return {
      ...report,
      test,
      beatsDefault: { validation: false, test: false },
      verdict: `No trial beats the default configuration on validation (${metric} ${figure(standard.value)}).`,
    };
  const better = (one: number, other: number) => (betterEnd(metric) === 'lower' ? one < other : one > other);
  const onValidation = better(winner.value!, standard.value);
  const onTest = test !== null && better(test.best, test.default);
  const against = (one: number, other: number) => `${metric} ${figure(one)} against ${figure(other)}`;
  const tested =
    test === null
      ? ''
      : `, ${onValidation === onTest ? 'and' : 'but'} ${onTest ? 'beats it' : 'does not beat it'} on test ` +
        `(${against(test.best, test.default)})`;
  return {
    ...report,
    test,
    beatsDefault: { validation: onValidation, test: test === null ? null : onTest },
    verdict:
      `Trial ${best} ${onValidation ? 'beats' : 'only equals'} the default configuration on validation ` +
      `(${against(winner.value!, standard.value)})${tested}.` +
      (test?.difference == null ? '' : ` ${test.difference}`),
  };
}

function figure(value: number): string {
  return value.toFixed(4);
}
