/** What a checkpoint can be the best in. */
export type MetricName = 'accuracy' | 'auroc' | 'logLoss';

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
  return metric === 'logLoss' ? first.value < second.value : first.value > second.value;
}
