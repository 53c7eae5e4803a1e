/**
 * How the recipe of `wine` does on rows that are held back by chance, as from a competition, in five folds, before its weights are
 * trained anew on all the rows that it was given (`refit`) and after:
 *   npm run bench -- held-back-rows
 *   node bench/held-back-rows.ts epochs=200 (or other settings of the recipe)
 * The package's own test part is harder: none of its rows has an equal one among those it was trained on.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@assay/random';

const FOLDS = 5;
const REFITS = ['none', 'all'] as const;
const METRICS = {
  accuracy: 'accuracy',
  quadraticWeightedKappa: 'quadratic-weighted kappa',
  logLoss: 'log loss',
  expectedCalibrationError: 'calibration error',
} as const;
type MetricName = keyof typeof METRICS;
const root = join(import.meta.dirname, '..');
const source = join(root, '../shared/datasets/wine/winequality-red.csv');

function assay(...args: string[]): string {
  return execFileSync(process.execPath, [join(root, 'apps/trainer/src/main.ts'), ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 26,
  });
}

/** Sample standard error of the mean. */
function standardError(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}

if (!existsSync(source)) {
  process.stdout.write(`needs ${source}\n`);
  process.exit(0);
}
const [header = '', ...rows] = readFileSync(source, 'utf8').trim().split('\n');
const random = seededRandom('held-back-rows');
const order = rows.map((row) => ({ row, at: random.uniform() })).sort((a, b) => a.at - b.at);
const folder = mkdtempSync(join(tmpdir(), 'assay-wine-'));
const results = Object.fromEntries(REFITS.map((refit) => [refit, [] as Record<MetricName, number>[]]));
const names = Object.keys(METRICS) as MetricName[];
try {
  for (let fold = 0; fold < FOLDS; fold++) {
    const part = (isHeldBack: boolean) =>
      order.filter((_, i) => (i % FOLDS === fold) === isHeldBack).map(({ row }) => row);
    const [known, heldBack] = [part(false), part(true)];
    const place = join(folder, String(fold));
    const state = join(place, 'state');
    mkdirSync(join(place, 'data'), { recursive: true });
    writeFileSync(join(place, 'data/winequality-red.csv'), [header, ...known, ''].join('\n'));
    writeFileSync(join(place, 'held-back.csv'), [header, ...heldBack, ''].join('\n'));
    const registry = join(place, 'registry');
    const settings = { 'data.path': join(place, 'data'), registry, refit: 'none' };
    const changed = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
    assay(
      'train',
      'configs/wine.yaml',
      ...changed,
      ...process.argv.slice(2),
      '--no-package',
      '--state',
      state,
    );
    const [run = ''] = readdirSync(join(state, 'runs'));
    const repeated = heldBack.filter((row) => known.includes(row)).length;
    process.stdout.write(
      `fold ${fold + 1}: ${heldBack.length} rows held back, ${repeated} of them repeat one of the ${known.length} others\n`,
    );
    for (const refit of REFITS) {
      const pack = [`refit=${refit}`, `version=refit-${refit}`, '--state', state];
      assay('train', '--resume', join(state, 'runs', run), ...pack);
      const { metrics } = JSON.parse(
        assay(
          ...['evaluate', `wine@refit-${refit}`, join(place, 'held-back.csv'), '--label-column', 'quality'],
          ...['--constant', 'colour=1', '--registry', registry, '--json'],
        ),
      ) as { metrics: Record<MetricName, number> };
      results[refit]!.push(metrics);
      process.stdout.write(
        `  refit ${refit.padEnd(4)}  ${names.map((name) => `${METRICS[name]} ${metrics[name].toFixed(3)}`).join(', ')}\n`,
      );
    }
  }
  const summary = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return `${mean.toFixed(3)} ± ${standardError(values).toFixed(3)}`;
  };
  process.stdout.write(`means of ${FOLDS} folds, with standard errors\n`);
  for (const refit of REFITS)
    process.stdout.write(
      `  refit ${refit.padEnd(4)}  ` +
        `${names.map((name) => `${METRICS[name]} ${summary(results[refit]!.map((one) => one[name]))}`).join(', ')}\n`,
    );
} finally {
  rmSync(folder, { recursive: true });
}
