/**
 * Drift statistics: how long an exact Kolmogorov–Smirnov test takes, how often a window without drift alarms, and how often a drift is
 * found, beside Evidently's default rule. `node bench/drift-statistics.ts 100` simulates 100 windows for each cell instead of 1,000.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import {
  jensenShannon,
  judgeWindow,
  kolmogorovSmirnov,
  normedWasserstein,
  spendAlpha,
  type SpendingState,
} from '@assay/drift-statistics';
import { seededRandom } from '@assay/random';
import {
  drawRows,
  features,
  makeReference,
  profileOf,
} from '../libs/drift-statistics/src/spec-support/world.ts';

/** One cell of a table: windows of `count` records, held against references of `inputs`. */
interface Cell {
  inputs: number;
  count: number;
  /** Added to features by name. */
  shift: Record<string, number>;
  /** Looks in a row that share a budget; one where each window stands alone. */
  looks: number;
}

/** Windows `from` to `to` of a cell. */
interface Task {
  id: number;
  cell: Cell;
  from: number;
  to: number;
}

/** How many windows (or series of looks) alarmed. */
interface Alarms {
  assay: number;
  /** Any column at 0.1 or more, and at least half of the columns: Evidently's verdict on a column, and on a data set. */
  anyColumn: number;
  halfOfColumns: number;
}

/** Windows that share a reference: fresh ones tell how much depends on its luck. */
const WINDOWS_OF_A_REFERENCE = 4;

type Rows = ReturnType<typeof drawRows>;

/** How many of the ten columns Evidently calls drifted: Wasserstein distance over σ, Jensen–Shannon distance, each at 0.1. */
function evidently(reference: Rows, current: Rows): number {
  const numbers = (rows: Rows, name: string) => Float64Array.from(rows, (row) => Number(row[name]));
  const drifted = features.filter((name) => {
    const { statistic, threshold } = normedWasserstein(numbers(reference, name), numbers(current, name));
    return statistic >= threshold;
  });
  const formats = [...new Set([...reference, ...current].map((row) => row.format))];
  const count = (rows: Rows) => formats.map((format) => rows.filter((row) => row.format === format).length);
  const { statistic, threshold } = jensenShannon(count(reference), count(current));
  return drifted.length + Number(statistic >= threshold);
}

async function simulate({ cell, from, to }: Task): Promise<Alarms> {
  const { inputs, count, shift, looks } = cell;
  const alarms: Alarms = { assay: 0, anyColumn: 0, halfOfColumns: 0 };
  const cache = new Map<string, number>();
  const seed = `${inputs} ${from}`;
  const reference = await makeReference(seed, inputs);
  const referenceRows = drawRows(`reference ${seed}`, inputs);
  for (let window = from; window < to; window++) {
    let state: SpendingState | undefined;
    const seen = { assay: false, anyColumn: false, halfOfColumns: false };
    for (let look = 1; look <= looks; look++) {
      const rows = drawRows(`window ${window} ${look} ${inputs} ${count}`, count, { shift });
      const spent = looks === 1 ? undefined : spendAlpha(state, { window: `${look}`, at: look * 3_600_000 });
      state = spent?.state;
      const { verdict } = judgeWindow(reference, profileOf(reference, rows), {
        ...(spent ? { alpha: spent.alpha } : {}),
        cache,
      });
      const columns = evidently(referenceRows, rows);
      seen.assay ||= verdict === 'drifted';
      seen.anyColumn ||= columns > 0;
      seen.halfOfColumns ||= columns >= 5;
    }
    for (const rule of ['assay', 'anyColumn', 'halfOfColumns'] as const) alarms[rule] += Number(seen[rule]);
  }
  return alarms;
}

/** Spreads all cells over the cores. */
async function simulateAll(cells: readonly Cell[], windows: number): Promise<Alarms[]> {
  const results = cells.map((): Alarms => ({ assay: 0, anyColumn: 0, halfOfColumns: 0 }));
  const tasks = cells.flatMap((cell, id) =>
    Array.from({ length: Math.ceil(windows / WINDOWS_OF_A_REFERENCE) }, (_, i): Task => {
      const from = i * WINDOWS_OF_A_REFERENCE;
      return { id, cell, from, to: Math.min(windows, from + WINDOWS_OF_A_REFERENCE) };
    }),
  );
  // The slowest first.
  tasks.sort((a, b) => b.cell.count * b.cell.looks - a.cell.count * a.cell.looks);
  await Promise.all(
    Array.from(
      { length: availableParallelism() },
      () =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url));
          const next = () => {
            const task = tasks.shift();
            if (task) worker.postMessage(task);
            else void worker.terminate().then(() => resolve());
          };
          worker.on('error', reject);
          worker.on('message', ({ id, alarms }: { id: number; alarms: Alarms }) => {
            for (const rule of ['assay', 'anyColumn', 'halfOfColumns'] as const)
              results[id]![rule] += alarms[rule];
            next();
          });
          next();
        }),
    ),
  );
  return results;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Median milliseconds of exact Kolmogorov–Smirnov tests of normal samples. */
function timeKolmogorovSmirnov(m: number, n: number): number {
  const random = seededRandom('bench');
  const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal());
  const times = Array.from({ length: 15 }, () => {
    const [a, b] = [normals(m), normals(n)];
    const start = performance.now();
    kolmogorovSmirnov(a, b, { method: 'exact' });
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[7]!;
}

async function main(): Promise<void> {
  const windows = Number(process.argv[2] ?? 1000);
  print('Exact Kolmogorov–Smirnov, sorting included, median');
  for (const [m, n] of [
    [10_000, 10_000],
    [10_000, 9_999],
    [10_000, 9_000],
  ] as const)
    print(`  ${m} × ${n}`.padEnd(40) + `${timeKolmogorovSmirnov(m, n).toFixed(1).padStart(8)} ms`);

  const all = (by: number) => Object.fromEntries(features.map((name) => [name, by]));
  const one = (by: number) => ({ 'feature.f0': by });
  const counts = [20, 50, 100, 300, 1000, 10_000, 50_000];
  const same = { inputs: 10_000, shift: {}, looks: 1 };
  const rows: [label: string, wanted: string, cell: Cell, windows?: number][] = [
    ...counts.map((n): [string, string, Cell] => [`no drift, 10000 v ${n}`, '≤ 5 %', { ...same, count: n }]),
    ...counts.map((n): [string, string, Cell] => [
      `no drift, ${n} v ${n}`,
      '≤ 5 %',
      { ...same, inputs: n, count: n },
    ]),
    [
      'no drift, 168 hourly looks of 100',
      '≤ 10 %',
      { ...same, count: 100, looks: 168 },
      Math.ceil(windows / 5),
    ],
    [
      '0.02σ in every feature, 50000 v 50000',
      '≤ 5 %',
      { ...same, inputs: 50_000, count: 50_000, shift: all(0.02) },
    ],
    ['0.2σ in one feature, 10000 v 1000', '≥ 99 %', { ...same, count: 1000, shift: one(0.2) }],
    [
      '0.2σ in one feature, 1000 v 1000',
      '(at best 95 %)',
      { ...same, inputs: 1000, count: 1000, shift: one(0.2) },
    ],
    ['0.2σ in every feature, 1000 v 1000', '≥ 99 %', { ...same, inputs: 1000, count: 1000, shift: all(0.2) }],
    ['2σ in one feature, 10000 v 50', '≥ 99 %', { ...same, count: 50, shift: one(2) }],
    ['2σ in one feature, 50 v 50', '≥ 99 %', { ...same, inputs: 50, count: 50, shift: one(2) }],
  ];
  print(`\nAlarms, % of ${windows} windows; nine normal features and one of names`);
  print(
    `  ${''.padEnd(38)}${'wanted'.padStart(15)}${'Assay'.padStart(9)}   Evidently: any column  half of them`,
  );
  for (const share of [...new Set(rows.map((row) => row[3] ?? windows))]) {
    const group = rows.filter((row) => (row[3] ?? windows) === share);
    const results = await simulateAll(
      group.map(([, , one]) => one),
      share,
    );
    group.forEach(([label, wanted], i) => {
      const percent = (alarms: number) => ((100 * alarms) / share).toFixed(1);
      const { assay, anyColumn, halfOfColumns } = results[i]!;
      print(
        `  ${label.padEnd(38)}${wanted.padStart(15)}${percent(assay).padStart(9)}   ${percent(anyColumn).padStart(21)}  ${percent(halfOfColumns).padStart(12)}`,
      );
    });
  }
}

if (isMainThread) await main();
else
  parentPort!.on('message', (task: Task) => {
    void simulate(task).then((alarms) => parentPort!.postMessage({ id: task.id, alarms }));
  });
