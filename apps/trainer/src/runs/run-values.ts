import type { StoredRun } from '@assay/training-runs';
import { flatten } from '../tracking/flatten.ts';

/** What can be known, filtered and sorted by of a run. */
export type RunValue = string | number | boolean | null;

/**
 * A run as names and values: `name`, `started`, `state`, `epochs`, `best` (its metric at the best epoch),
 * `seconds`, `dataset`, `commit`; the configuration's keys (`optimiser.type`); and what was logged of the best
 * epoch, or of the last where none is marked (`validation.accuracy`, `learningRate`).
 */
export function runValues(run: StoredRun): Record<string, RunValue> {
  return { ...settings(run), ...measures(run), ...facts(run) };
}

/** The configuration, one level deep, names of what a reader changes from run to run. */
export function settings({ config }: StoredRun): Record<string, RunValue> {
  return flatten(config);
}

/** What was logged of the best epoch. */
export function measures({ epochs, best }: StoredRun): Record<string, number> {
  const record = epochs.find(({ epoch }) => epoch === best?.epoch) ?? epochs.at(-1);
  if (record === undefined) return {};
  const { epoch: _, ...values } = record;
  return Object.fromEntries(
    Object.entries(flatten(values)).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  );
}

function facts(run: StoredRun): Record<string, RunValue> {
  return {
    name: run.name,
    started: run.startedAt,
    state: run.state,
    epochs: run.epochs.at(-1)?.epoch ?? 0,
    best: run.best?.value ?? null,
    seconds: run.epochs.at(-1)?.seconds ?? 0,
    dataset: run.datasetDigest,
    commit: run.gitCommit ?? null,
  };
}
