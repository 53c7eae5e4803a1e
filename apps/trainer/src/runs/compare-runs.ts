import type { StoredRun } from '@assay/training-runs';
import { measures, settings, type RunValue } from './run-values.ts';
import { shortNumber, textTable } from './text-table.ts';

/** Runs side by side; each list of values is in the order of the runs, `null` where a run has none. */
export interface RunComparison {
  runs: string[];
  /** Settings, data, commit and command in which the runs differ. */
  differences: Record<string, RunValue[]>;
  /** What was logged of each run's best epoch. */
  metrics: Record<string, (number | null)[]>;
}

/** What is different between runs, and what came of it. */
export function compareRuns(runs: readonly StoredRun[]): RunComparison {
  const made = runs.map((run) => ({
    dataset: run.datasetDigest,
    commit: run.gitCommit ?? null,
    command: run.command,
    ...settings(run),
  }));
  const results = runs.map((run) => ({
    ...(run.best ? { bestEpoch: run.best.epoch } : {}),
    ...measures(run),
  }));
  return {
    runs: runs.map(({ name }) => name),
    differences: Object.fromEntries(
      Object.entries(sideBySide<RunValue>(made)).filter(([, values]) => new Set(values).size > 1),
    ),
    metrics: sideBySide<number>(results),
  };
}

/** The comparison as text: a column a run. */
export function describeComparison({ runs, differences, metrics }: RunComparison): string[] {
  const show = (value: RunValue) =>
    value === null
      ? '–'
      : typeof value === 'number'
        ? shortNumber(value)
        : value === ''
          ? '""'
          : String(value);
  const rows = (part: Record<string, RunValue[]>) =>
    Object.entries(part).map(([name, values]) => [name, ...values.map(show)]);
  const same = Object.keys(differences).length === 0 ? [['(no setting differs)']] : [];
  return textTable([
    ['', ...runs],
    ['settings'],
    ...same,
    ...rows(differences),
    [''],
    ['best epoch'],
    ...rows(metrics),
  ]);
}

function sideBySide<T>(records: readonly Readonly<Record<string, T>>[]): Record<string, (T | null)[]> {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return Object.fromEntries(names.map((name) => [name, records.map((record) => record[name] ?? null)]));
}
