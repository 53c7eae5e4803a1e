import type { SweepReport } from './sweep-report.ts';

/** The trials as lines of text, best first; `*` marks the best. */
export function sweepTable({ trials, best, metric }: SweepReport): string[] {
  const keys = [...new Set(trials.flatMap(({ values }) => Object.keys(values)))];
  const names = shortNames(keys);
  const number = (value: number | null, digits: number) => value?.toFixed(digits) ?? '–';
  const rows = trials.map((trial) => [
    trial.trial === best ? '*' : '',
    trial.isDefault ? 'default' : String(trial.trial),
    number(trial.value, 4),
    ...(metric === 'logLoss' ? [] : [number(trial.logLoss, 4)]),
    trial.epoch === null ? '–' : String(trial.epoch),
    number(trial.seconds, 1),
    trial.status,
    ...keys.map((key) => textOf(trial.values[key])),
  ]);
  const head = [
    '',
    'trial',
    metric,
    ...(metric === 'logLoss' ? [] : ['logLoss']),
    'epoch',
    'seconds',
    'status',
  ];
  const table = [[...head, ...names], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

/** The last parts of dotted keys, as many as tell them apart. */
export function shortNames(keys: readonly string[]): string[] {
  return keys.map((key) => {
    const parts = key.split('.');
    for (let count = 1; count < parts.length; count++) {
      const short = parts.slice(-count).join('.');
      const clear = Number.isNaN(Number(parts.at(-count)));
      if (clear && keys.filter((other) => other === short || other.endsWith(`.${short}`)).length === 1)
        return short;
    }
    return key;
  });
}

function textOf(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
