import type { TrainingRun, TrainingRunEntry } from '@assay/schema';
import type { StoredRun } from '@assay/training-runs';
import { flatten } from './flatten.ts';

/** A run in a line. */
export function runEntry(run: StoredRun): TrainingRunEntry {
  const { name, startedAt, state, epochs, metric, best, datasetDigest, gitCommit, config } = run;
  const last = epochs.at(-1);
  return {
    id: name,
    startedAt,
    state,
    epochs: last?.epoch ?? 0,
    ...(typeof config.epochs === 'number' ? { plannedEpochs: config.epochs } : {}),
    metric,
    ...(best === undefined ? {} : { best }),
    seconds: last?.seconds ?? 0,
    datasetDigest,
    ...(gitCommit === undefined ? {} : { gitCommit }),
  };
}

/** All of a run. */
export function runDetails(run: StoredRun): TrainingRun {
  return {
    ...runEntry(run),
    command: run.command,
    settings: flatten(run.config),
    curve: run.epochs.map(({ epoch, loss, accuracy, learningRate, validation }) => ({
      epoch,
      loss: finite(loss),
      accuracy: finite(accuracy),
      learningRate: finite(learningRate),
      ...(validation === undefined
        ? {}
        : {
            validation: Object.fromEntries(
              Object.entries(validation).map(([name, value]) => [name, finite(value)]),
            ),
          }),
    })),
  };
}

function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
