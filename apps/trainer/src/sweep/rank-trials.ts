import { type Achievement, isBetter, type MetricName, type TrialRecord } from '@assay/training-runs';

/** The trials from the best to the worst on the validation part; those without a result come last. */
export function rankTrials(trials: readonly TrialRecord[], metric: MetricName): TrialRecord[] {
  return trials.toSorted((first, second) => {
    const [one, other] = [achievement(first), achievement(second)];
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined) || first.trial - second.trial;
    if (isBetter(metric, one, other)) return -1;
    return isBetter(metric, other, one) ? 1 : first.trial - second.trial;
  });
}

/** The best validation of a trial that has ended well and has one. */
export function achievement({ best, status }: TrialRecord): Achievement | undefined {
  if (status === 'failed' || best === undefined || best.value === null) return undefined;
  return { value: best.value, logLoss: best.logLoss ?? Number.POSITIVE_INFINITY };
}
