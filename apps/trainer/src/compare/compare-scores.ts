import { AssayError, type Measured } from '@assay/schema';
import { rightAnswers } from '../metrics/accuracy.ts';
import { bootstrapDraws, percentileInterval } from '../metrics/bootstrap.ts';
import { metricStatistics, type TaskFacts } from '../metrics/metric-statistics.ts';
import type { Scores } from '../metrics/scores.ts';
import { once } from '../metrics/statistic.ts';
import { mcnemar } from './mcnemar.ts';

/** Metrics of which less is better. */
const lossLike = new Set([
  'logLoss',
  'brierScore',
  'expectedCalibrationError',
  'debiasedCalibrationError',
  'areaUnderRiskCoverage',
]);
const resamples = 2000;
const level = 0.05;
/** Standard errors by which a difference must lie from 0 to be found in four of five cases at the 5 % level. */
const detectable = 1.96 + 0.84;

/** How two models did in one metric on the same inputs. */
export interface MetricComparison {
  first: number;
  second: number;
  /** Second less first, with its paired 95 % bootstrap interval. */
  difference: Measured & { interval: [number, number] };
  /** Two-sided, from the same draws. */
  p: number;
  /** The smallest true difference that so many inputs would show in four of five cases. */
  detectable: number;
}

/** What can be said of the second model against the first. */
export type Verdict = 'better' | 'worse' | 'undecided';

/** Two models on the same inputs. */
export interface Comparison {
  rows: number;
  metrics: Record<string, MetricComparison>;
  /** Inputs that only one of them got right. */
  mcnemar: { onlyFirst: number; onlySecond: number; p: number };
  /** The metric that the verdict is about. */
  metric: string;
  verdict: Verdict;
}

/**
 * Compares what two models said of the same rows: paired bootstrap of every metric, McNemar's test for the accuracy. A model is
 * better or worse only if the interval of the difference leaves out 0; for the accuracy McNemar's test must agree.
 *
 * @param scores Equal labels in equal order.
 * @throws AssayError `invalid-configuration` for a metric that these rows do not have.
 */
export function compareScores(
  [first, second]: readonly [Scores, Scores],
  options: TaskFacts & { metric: string; seed: number },
): Comparison {
  const rows = first.labels.length;
  const pairs = pairsOf(first, second, options);
  const names = Object.keys(pairs);
  const draws = bootstrapDraws(
    rows,
    (weights) => names.flatMap((name) => pairs[name]!.map((statistic) => statistic(weights))),
    { seed: options.seed, resamples },
  );
  const all = once(rows);
  const metrics: Record<string, MetricComparison> = {};
  names.forEach((name, index) => {
    const [a, b] = pairs[name]!.map((statistic) => statistic(all)) as [number, number];
    if (!Number.isFinite(b - a)) return;
    const before = draws[2 * index]!;
    const differences = draws[2 * index + 1]!.map((value, draw) => value - before[draw]!);
    metrics[name] = { first: a, second: b, ...describe(b - a, differences.filter(Number.isFinite)) };
  });
  const { metric } = options;
  const decisive = metrics[metric];
  if (decisive === undefined)
    throw new AssayError(
      'invalid-configuration',
      `There is no metric "${metric}" here; there are: ${Object.keys(metrics).join(', ')}.`,
    );
  const test = mcnemarOf(first, second);
  const agrees = metric !== 'accuracy' || test.p < level;
  return {
    rows,
    metrics,
    mcnemar: test,
    metric,
    verdict: agrees ? verdictOf(metric, decisive) : 'undecided',
  };
}

function pairsOf(first: Scores, second: Scores, facts: TaskFacts) {
  const after = metricStatistics(second, facts);
  return Object.fromEntries(
    Object.entries(metricStatistics(first, facts)).map(([name, before]) => [
      name,
      [before, after[name]!] as const,
    ]),
  );
}

function describe(difference: number, draws: Float64Array): Omit<MetricComparison, 'first' | 'second'> {
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
  const beyond = (isBeyond: (value: number) => boolean) =>
    (draws.filter(isBeyond).length + 1) / (draws.length + 1);
  return {
    difference: { value: difference, interval: [...percentileInterval(draws)] },
    p: Math.min(
      1,
      2 *
        Math.min(
          beyond((value) => value <= 0),
          beyond((value) => value >= 0),
        ),
    ),
    detectable: detectable * Math.sqrt(variance),
  };
}

/** Whether less of the metric is better. */
export function isLoss(metric: string): boolean {
  return lossLike.has(metric);
}

function verdictOf(metric: string, { difference }: MetricComparison): Verdict {
  const [low, high] = difference.interval;
  if (low <= 0 && high >= 0) return 'undecided';
  return low > 0 !== isLoss(metric) ? 'better' : 'worse';
}

function mcnemarOf(first: Scores, second: Scores): Comparison['mcnemar'] {
  const [a, b] = [rightAnswers(first), rightAnswers(second)];
  let [onlyFirst, onlySecond] = [0, 0];
  for (const [row, right] of a.entries()) {
    if (right > b[row]!) onlyFirst++;
    else if (right < b[row]!) onlySecond++;
  }
  return { onlyFirst, onlySecond, p: mcnemar(onlyFirst, onlySecond) };
}
