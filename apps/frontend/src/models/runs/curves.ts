import type { TrainingRun } from '@assay/schema';

/** Metrics of the validation part that a run was measured by, in the order of their first epoch. */
export function validationMetrics(runs: readonly Pick<TrainingRun, 'curve'>[]): string[] {
  const names = runs.flatMap(({ curve }) => curve.flatMap(({ validation = {} }) => Object.keys(validation)));
  return [...new Set(names)];
}

/** Epochs of several runs as one ascending axis. */
export function epochsOf(runs: readonly Pick<TrainingRun, 'curve'>[]): number[] {
  const epochs = runs.flatMap(({ curve }) => curve.map(({ epoch }) => epoch));
  return [...new Set(epochs)].toSorted((a, b) => a - b);
}

/** What of a run is drawn: `loss`, `accuracy`, `learningRate` of the training, or a metric of the validation part. */
export type Quantity = { readonly of: 'training'; readonly name: 'loss' | 'accuracy' | 'learningRate' } | { readonly of: 'validation'; readonly name: string };

/** A quantity at each of the epochs; `null` where it was not measured. A resumed run's later line of an epoch holds. */
export function valuesOf({ curve }: Pick<TrainingRun, 'curve'>, quantity: Quantity, epochs: readonly number[]): (number | null)[] {
  const byEpoch = new Map(
    curve.map((line) => [
      line.epoch,
      quantity.of === 'training' ? line[quantity.name] : (line.validation?.[quantity.name] ?? null),
    ]),
  );
  return epochs.map((epoch) => byEpoch.get(epoch) ?? null);
}

/** Settings in which runs differ, by key, a value a run; `undefined` where a run has no such key. */
export function differences(runs: readonly Pick<TrainingRun, 'settings'>[]): [string, (TrainingRun['settings'][string] | undefined)[]][] {
  const keys = [...new Set(runs.flatMap(({ settings }) => Object.keys(settings)))];
  return keys
    .map((key): [string, (TrainingRun['settings'][string] | undefined)[]] => [
      key,
      runs.map(({ settings }) => settings[key]),
    ])
    .filter(([, values]) => new Set(values).size > 1);
}
