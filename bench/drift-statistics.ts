/**
 * Drift statistics: exact Kolmogorov–Smirnov tests, a merge of a month, and how often windows with and without drift alarm, beside
 * Evidently's default rule. `node bench/drift-statistics.ts 100 '2σ in one'` simulates 100 windows for each line instead of 1,000, and only
 * the lines that are called so.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import {
  chiSquareGoodnessOfFit,
  jensenShannon,
  judgeWindow,
  kolmogorovSmirnov,
  kolmogorovSmirnovPooled,
  mergeProfiles,
  parseProfile,
  profileRecords,
  readReferenceProfile,
  serialiseProfile,
  spendAlpha,
  type FeatureRow,
  type SpendingState,
} from '@assay/drift-statistics';
import { seededRandom } from '@assay/random';
import {
  distanceOf,
  drawing,
  momentsOf,
  profileOfColumns,
  referenceOf,
  type Columns,
} from '../libs/drift-statistics/src/spec-support/columns.ts';
import { numericProfile } from '../libs/drift-statistics/src/spec-support/world.ts';
import { normalCritical, normalSurvival } from '../libs/drift-statistics/src/special-functions/normal.ts';

/** One line of the table: windows of `count` records, held against references of `inputs`. */
interface Cell {
  inputs: number;
  count: number;
  /** What is added to each of the normal features, in standard deviations. */
  shifts: readonly number[];
  /** Whether formats belong to the family. */
  formats: boolean;
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

const RULES = ['assay', 'anyColumn', 'halfOfColumns'] as const;
/** How many windows (or series of looks) alarmed, by rule: Evidently's on any column, and on a data set. */
type Alarms = Record<(typeof RULES)[number], number>;

/** Windows that share a reference: fresh ones tell how much depends on its luck, which is less for larger ones. */
const windowsOfReference = (inputs: number) => (inputs < 10_000 ? 2 : 4);

/** Up to this size of the reference Evidently tests by p-values. */
const EVIDENTLY_SMALL = 1000;

/**
 * How many columns Evidently calls drifted: up to 1,000 reference rows by Kolmogorov–Smirnov and χ² at 0.05, beyond by the Wasserstein
 * distance over σ and the Jensen–Shannon distance at 0.1.
 */
function evidently(reference: Columns, current: Columns, withFormats: boolean): number {
  const inputs = reference.records;
  const drifted = Object.entries(reference.numbers).filter(([name, before]) => {
    const now = current.numbers[name]!;
    if (inputs <= EVIDENTLY_SMALL)
      return kolmogorovSmirnovPooled({ reference: before, current: now }).pValue < 0.05;
    return distanceOf(before, now) / momentsOf(before).deviation >= 0.1;
  });
  if (!withFormats) return drifted.length;
  const names = [...new Set([...Object.keys(reference.formats), ...Object.keys(current.formats)])];
  const count = ({ formats }: Columns) => names.map((name) => formats[name] ?? 0);
  const [a, b] = [count(reference), count(current)];
  const changed =
    inputs <= EVIDENTLY_SMALL
      ? chiSquareGoodnessOfFit(a, b).pValue < 0.05
      : jensenShannon(a, b).statistic >= 0.1;
  return drifted.length + Number(changed);
}

async function simulate({ id, cell, from, to }: Task): Promise<Alarms> {
  const { inputs, count, shifts, formats, looks } = cell;
  const alarms: Alarms = { assay: 0, anyColumn: 0, halfOfColumns: 0 };
  const cache = new Map<string, number>();
  const random = seededRandom('drift-statistics', id, from);
  const means = (shift: (i: number) => number) =>
    Object.fromEntries(shifts.map((_, i) => [`feature.f${i}`, shift(i)]));
  const draw = drawing(random);
  const known = draw(
    inputs,
    means(() => 0),
  );
  const reference = await referenceOf(known, formats);
  for (let window = from; window < to; window++) {
    let state: SpendingState | undefined;
    const seen = { assay: false, anyColumn: false, halfOfColumns: false };
    for (let look = 1; look <= looks; look++) {
      const columns = draw(
        count,
        means((i) => shifts[i]!),
      );
      const spent = looks === 1 ? undefined : spendAlpha(state, { window: `${look}`, at: look * 3_600_000 });
      state = spent?.state;
      const { verdict } = judgeWindow(reference, profileOfColumns(reference, columns), {
        ...(spent ? { alpha: spent.alpha } : {}),
        cache,
      });
      const drifted = evidently(known, columns, formats);
      seen.assay ||= verdict === 'drifted';
      seen.anyColumn ||= drifted > 0;
      seen.halfOfColumns ||= drifted >= (shifts.length + Number(formats)) / 2;
    }
    for (const rule of RULES) alarms[rule] += Number(seen[rule]);
  }
  return alarms;
}

/** Spreads lines over the cores; `report` gets them in order, each as soon as it and those before are done. */
async function simulateAll(
  lines: readonly { id: number; cell: Cell }[],
  windows: number,
  report: (id: number, alarms: Alarms) => void,
): Promise<void> {
  const results = new Map(lines.map(({ id }) => [id, { assay: 0, anyColumn: 0, halfOfColumns: 0 }]));
  const tasks = lines.flatMap(({ id, cell }) => {
    const step = windowsOfReference(cell.inputs);
    return Array.from({ length: Math.ceil(windows / step) }, (_, i): Task => {
      const from = i * step;
      return { id, cell, from, to: Math.min(windows, from + step) };
    });
  });
  const left = new Map(lines.map(({ id }) => [id, tasks.filter((task) => task.id === id).length]));
  const waiting = lines.map(({ id }) => id);
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
            for (const rule of RULES) results.get(id)![rule] += alarms[rule];
            left.set(id, left.get(id)! - 1);
            while (waiting[0] !== undefined && left.get(waiting[0]) === 0) {
              const done = waiting.shift()!;
              report(done, results.get(done)!);
            }
            next();
          });
          next();
        }),
    ),
  );
}

const print = (line: string) => process.stdout.write(`${line}\n`);

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

/** Milliseconds that the processor has worked for this process: what others do on the machine does not count. */
const worked = () => process.cpuUsage().user / 1000;

/** Median milliseconds of exact Kolmogorov–Smirnov tests of normal samples, sorting included. */
function timeKolmogorovSmirnov(m: number, n: number): number {
  const random = seededRandom('bench');
  const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal());
  return median(
    Array.from({ length: 15 }, () => {
      const [a, b] = [normals(m), normals(n)];
      const start = worked();
      kolmogorovSmirnov(a, b, { method: 'exact' });
      return worked() - start;
    }),
  );
}

/** Milliseconds to read and to merge the hours of 30 days: image properties, scores, an embedding of 32, names. */
async function timeMerge(): Promise<{ parse: number; merge: number; megabytes: number }> {
  const random = seededRandom('merge');
  const names = [
    ...Array.from({ length: 13 }, (_, i) => `image.property${i}`),
    ...Array.from({ length: 32 }, (_, i) => `embedding.${i}`),
    ...['confidence', 'margin', 'entropy', 'scopeDistance', 'score.real', 'score.generated'],
  ];
  const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
  const count = 4000;
  const reference = await readReferenceProfile({
    ...{ schemaVersion: 1, inputs: count },
    features: {
      ...Object.fromEntries(names.map((name) => [name, numericProfile(draw(count).sort())])),
      format: { kind: 'categorical', count, missing: 0, counts: { jpeg: 3000, png: 900, webp: 100 } },
      prediction: { kind: 'categorical', count, missing: 0, counts: { real: 2000, generated: 2000 } },
    },
  });
  const texts = Array.from({ length: 30 * 24 }, (_, i) => {
    const hour = new Date(Date.UTC(2026, 9, 1, i)).toISOString().slice(0, 13);
    const rows = Array.from({ length: 50 }, (): FeatureRow => ({
      ...Object.fromEntries(names.map((name) => [name, random.normal()])),
      ...{
        format: random.chance(0.8) ? 'jpeg' : 'png',
        prediction: random.chance(0.5) ? 'real' : 'generated',
      },
    }));
    const key = { model: 'faces', version: '1', slice: 'all', hour, source: `predictions/${hour}.jsonl` };
    return serialiseProfile(profileRecords(reference, key, rows));
  });
  const start = worked();
  const profiles = [1, 2, 3].map(() => texts.map((text, i) => parseProfile(text, `${i}`)));
  const parsed = worked();
  for (const one of profiles) mergeProfiles(one);
  const merged = worked();
  const megabytes = (3 * texts.reduce((sum, text) => sum + text.length, 0)) / 1e6;
  return { parse: parsed - start, merge: merged - parsed, megabytes };
}

/**
 * How often a t-test of each feature finds the one that moved, the family kept at 5 %: for normal features no test that is told neither
 * the feature nor the direction finds it noticeably more often.
 */
function ceiling({ inputs, count, shifts, formats }: Cell): number {
  const distance = Math.max(...shifts) * Math.sqrt((inputs * count) / (inputs + count));
  const family = shifts.length + Number(formats);
  return normalSurvival(normalCritical((1 - 0.95 ** (1 / family)) / 2) - distance);
}

const COUNTS = [20, 50, 100, 300, 1000, 10_000, 50_000];
const same: Cell = {
  inputs: 10_000,
  count: 1000,
  shifts: new Array<number>(9).fill(0),
  formats: true,
  looks: 1,
};
const all = (by: number) => same.shifts.map(() => by);
const one = (by: number) => same.shifts.map((_, i) => (i === 0 ? by : 0));

/** What is simulated: label, what is wanted, and the cell. */
const LINES: readonly [label: string, wanted: string, cell: Cell][] = [
  ...COUNTS.map((count): [string, string, Cell] => [`no drift, 10000 v ${count}`, '≤ 5', { ...same, count }]),
  ...COUNTS.map((count): [string, string, Cell] => [
    `no drift, ${count} v ${count}`,
    '≤ 5',
    { ...same, inputs: count, count },
  ]),
  [
    '0.02σ in all features, 50000 v 50000',
    '≤ 5',
    { ...same, inputs: 50_000, count: 50_000, shifts: all(0.02) },
  ],
  ['0.2σ in the only feature, 10000 v 1000', '≥ 99', { ...same, shifts: [0.2], formats: false }],
  ['0.2σ in the only feature, 1000 v 1000', '≥ 99', { ...same, inputs: 1000, shifts: [0.2], formats: false }],
  ['0.2σ in all features, 1000 v 1000', '≥ 99', { ...same, inputs: 1000, shifts: all(0.2) }],
  ['0.2σ in one of ten, 10000 v 1000', '≥ 99', { ...same, shifts: one(0.2) }],
  ['0.2σ in one of ten, 1000 v 1000', '', { ...same, inputs: 1000, shifts: one(0.2) }],
  ['2σ in one of ten, 10000 v 50', '≥ 99', { ...same, count: 50, shifts: one(2) }],
  ['2σ in one of ten, 50 v 50', '≥ 99', { ...same, inputs: 50, count: 50, shifts: one(2) }],
  ['no drift, 168 hourly looks of 100', '≤ 10', { ...same, count: 100, looks: 168 }],
];

async function printTimes(): Promise<void> {
  print('Exact Kolmogorov–Smirnov test, sorting included, median, processor time');
  for (const [m, n] of [
    [10_000, 10_000],
    [10_000, 9999],
    [10_000, 9000],
    [9973, 9967],
  ] as const)
    print(`  ${m} × ${n}`.padEnd(40) + `${timeKolmogorovSmirnov(m, n).toFixed(1).padStart(8)} ms`);
  const { parse, merge, megabytes } = await timeMerge();
  print(
    `\n30 days × 24 hours × 3 models, 53 features: ${megabytes.toFixed(1)} MB of profiles, processor time`,
  );
  print(`  read and checked`.padEnd(40) + `${parse.toFixed(0).padStart(8)} ms`);
  print(`  merged`.padEnd(40) + `${merge.toFixed(0).padStart(8)} ms\n`);
}

async function main(): Promise<void> {
  const [windows, named] = [Number(process.argv[2] ?? 1000), process.argv[3] ?? ''];
  if (named === '') await printTimes();
  print(`Alarms, % of ${windows} windows, reference v window; nine normal features and one of names`);
  print(`  ${''.padEnd(40)}wanted  ceiling  Assay   Evidently: any column  half of them`);
  const percent = (part: number, width: number) => (100 * part).toFixed(1).padStart(width);
  await simulateAll(
    LINES.map(([label, , cell], id) => ({ id, label, cell })).filter(({ label }) => label.includes(named)),
    windows,
    (id, { assay, anyColumn, halfOfColumns }) => {
      const [label, wanted, cell] = LINES[id]!;
      const moved = cell.shifts.filter((by) => by >= 0.1).length;
      const most = moved === 1 ? percent(ceiling(cell), 9) : ''.padStart(9);
      print(
        `  ${label.padEnd(40)}${wanted.padStart(6)}${most}${percent(assay / windows, 7)}${percent(anyColumn / windows, 24)}${percent(halfOfColumns / windows, 14)}`,
      );
    },
  );
}

if (isMainThread) await main();
else
  parentPort!.on('message', (task: Task) => {
    void simulate(task).then((alarms) => parentPort!.postMessage({ id: task.id, alarms }));
  });
