import type { StoredRun } from '@assay/training-runs';
import { parseCondition, sortBy } from './condition.ts';
import { runValues, settings } from './run-values.ts';
import { shortNumber, textTable } from './text-table.ts';

/** The runs that meet every condition, in order. */
export function selectRuns(
  runs: readonly StoredRun[],
  options: { where: readonly string[]; sort: string },
): StoredRun[] {
  const conditions = options.where.map(parseCondition);
  const wanted = runs.filter((run) => conditions.every((condition) => condition(runValues(run))));
  return sortBy(wanted, options.sort, runValues);
}

/** A line a run. */
export function listRuns(runs: readonly StoredRun[]): string[] {
  return textTable([
    ['run', 'started', 'state', 'epochs', 'best', 'at', 'data', 'commit'],
    ...runs.map((run) => [
      run.name,
      run.startedAt.slice(0, 16).replace('T', ' '),
      run.state,
      `${run.epochs.at(-1)?.epoch ?? 0}/${settings(run).epochs ?? '?'}`,
      run.best ? `${run.metric} ${shortNumber(run.best.value)}` : '',
      run.best ? `epoch ${run.best.epoch}` : '',
      run.datasetDigest.slice(0, 8),
      run.gitCommit?.slice(0, 8) ?? '',
    ]),
  ]);
}
