/** What a checkpoint can be the best in. */
export type MetricName = 'accuracy' | 'auroc' | 'logLoss';

/** The metric of a configuration; `auroc` where there is a positive label, else `accuracy`, if it names none. */
export function metricOf(config: {
  metric?: MetricName | undefined;
  positiveLabel?: string | undefined;
}): MetricName {
  return config.metric ?? (config.positiveLabel === undefined ? 'accuracy' : 'auroc');
}

/** Which end of a metric is the good one. */
export function betterEnd(metric: MetricName): 'higher' | 'lower' {
  return metric === 'logLoss' ? 'lower' : 'higher';
}

/** The value of the metric, and the log loss that decides between equals. */
export interface Achievement {
  value: number;
  logLoss: number;
}

/** What an evaluation's metrics say; NaN where it has no such metric. */
export function achievementOf(metrics: Readonly<Record<string, number>>, metric: MetricName): Achievement {
  return { value: metrics[metric] ?? Number.NaN, logLoss: metrics.logLoss ?? Number.NaN };
}

/** Whether the first is better than the second. */
export function isBetter(metric: MetricName, first: Achievement, second: Achievement): boolean {
  if (first.value === second.value) return first.logLoss < second.logLoss;
  return betterEnd(metric) === 'lower' ? first.value < second.value : first.value > second.value;
}
