import type { SweepDetails, SweepEntry } from '@assay/schema';
import type { StoredSweep } from '@assay/training-runs';
import { plain } from './flatten.ts';

/** What a sweep and its line have in common. */
function outcome({ name, metric, trials, best, verdict }: StoredSweep) {
  return {
    id: name,
    metric,
    ended: trials.filter(({ status }) => status !== 'running').length,
    ...(best === undefined ? {} : { best }),
    ...(verdict === undefined ? {} : { verdict }),
  };
}

/** A sweep in a line. */
export function sweepLine(sweep: StoredSweep): SweepEntry {
  return { ...outcome(sweep), trials: sweep.trials.length };
}

/** All of a sweep. */
export function describeSweep(sweep: StoredSweep): SweepDetails {
  return {
    ...outcome(sweep),
    parameters: Object.entries(sweep.parameters).map(([key, { type, log = false }]) => ({
      key,
      isLogarithmic: type === 'log-uniform' || log,
    })),
    trials: sweep.trials.map(({ trial, status, values, best, seconds, reason }) => ({
      trial,
      status,
      values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plain(value)])),
      ...(best === undefined ? {} : { value: best.value, epoch: best.epoch }),
      ...(seconds === undefined ? {} : { seconds }),
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}
