/**
 * How long a drift report takes, cold and from hourly profiles, in how much memory, and how that grows:
 *   node bench/drift-report.ts [--records 1000000] [--per-hour 60]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openObjectStore } from '@assay/object-store';
import { openPredictionLog } from '@assay/prediction-log';
import { writeMonth } from './drift-report/write-month.ts';
import { DAY } from './prediction-log/synthetic-events.ts';
import { writeDay } from './prediction-log/write-day.ts';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    'per-hour': { type: 'string', default: '60' },
  },
});
const records = Number(values.records);
const root = mkdtempSync(join(tmpdir(), 'bench-drift-'));

interface Figures {
  seconds: number;
  withReport: number;
  cpuSeconds: number;
  megabytes: number;
  records: number;
  sample: number;
  bytes: number;
  cost: { recordsRead: number; hoursFromProfiles: number; hoursCounted: number };
}

function read(folder: string, model: string, days: number): Figures {
  const script = join(import.meta.dirname, 'drift-report', 'read-window.ts');
  const [from, to] = [DAY.from, DAY.from + days * DAY.ms].map((time) => new Date(time).toISOString());
  const { stdout, stderr } = spawnSync(process.execPath, [script, folder, model, from!, to!], {
    encoding: 'utf8',
    // As in the images of the services.
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  });
  if (stdout === '') throw new Error(`the report failed: ${stderr}`);
  return JSON.parse(stdout) as Figures;
}

function report(what: string, figures: Figures, target?: { seconds: number; megabytes?: number }): void {
  const { withReport, seconds, cpuSeconds, megabytes, cost } = figures;
  const text = `${withReport.toFixed(1)} s (window ${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s), ${megabytes} MB`;
  const hours = `${cost.hoursCounted} hours counted, ${cost.hoursFromProfiles} read`;
  const met = target && withReport <= target.seconds && megabytes <= (target.megabytes ?? Infinity);
  const verdict = target ? `≤ ${target.seconds} s ${met ? 'met' : 'MISSED'}` : '';
  process.stdout.write(`${what.padEnd(44)} ${text.padEnd(52)} ${hours.padEnd(34)} ${verdict}\n`);
}

async function maintain(folder: string, work: 'compact' | 'forget profiles'): Promise<void> {
  if (work === 'forget profiles') {
    rmSync(join(folder, 'profiles'), { recursive: true });
    return;
  }
  const log = await openPredictionLog(await openObjectStore(`file:${folder}`));
  await log.compact();
  await log.close();
}

try {
  process.stdout.write(`${cpus().length} processors\n\n`);
  const million = (count: number) => `${count / 1e6}M predictions`;
  for (const count of [records / 4, records]) {
    const folder = join(root, String(count));
    writeDay(folder, count);
    const target =
      count === 1e6
        ? { cold: { seconds: 10, megabytes: 600 }, warm: { seconds: 1, megabytes: 600 } }
        : undefined;
    const cold = read(folder, 'ai-vs-real', 1);
    report(`${million(count)}, JSON lines, cold`, cold, target?.cold);
    report(`${million(count)}, from hourly profiles`, read(folder, 'ai-vs-real', 1), target?.warm);
    await maintain(folder, 'compact');
    report(`${million(count)}, after a compaction`, read(folder, 'ai-vs-real', 1), target?.warm);
    await maintain(folder, 'forget profiles');
    const parquet = read(folder, 'ai-vs-real', 1);
    report(`${million(count)}, Parquet, cold`, parquet, target?.cold);
    const cost = (figures: Figures) => ((figures.cpuSeconds / count) * 1e6).toFixed(1);
    process.stdout.write(
      `  CPU seconds per million: JSON lines ${cost(cold)}, Parquet ${cost(parquet)}; report of ${(cold.bytes / 1e3).toFixed(0)} KB\n\n`,
    );
    rmSync(folder, { recursive: true });
  }
  const models = ['one', 'two', 'three'];
  const month = join(root, 'month');
  writeMonth(month, models, Number(values['per-hour']));
  for (const model of models) report(`30 days of ${model}, cold`, read(month, model, 30));
  const warm = models.map((model) => read(month, model, 30));
  warm.forEach((figures, at) => report(`30 days of ${models[at]!}, from hourly profiles`, figures));
  const seconds = warm.reduce((sum, figures) => sum + figures.seconds, 0);
  process.stdout.write(
    `30 days × 24 h × 3 models: ${seconds.toFixed(2)} s   ≤ 2 s ${seconds <= 2 ? 'met' : 'MISSED'}\n`,
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}
