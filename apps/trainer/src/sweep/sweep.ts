import { join } from 'node:path';
import { metricOf, sweepReportFile } from '@assay/training-runs';
import { compareScores } from '../compare/compare-scores.ts';
import { verdictSentence } from '../compare/describe-comparison.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Output } from '../output.ts';
import { checkParameters } from './check-parameters.ts';
import { rankTrials } from './rank-trials.ts';
import { runTrials, settingsOf, type SweepSession } from './run-trials.ts';
import { scoreOnTest, type TestResult } from './score-run.ts';
import { trialsOf, type Slice } from './slice.ts';
import { openSearch } from './suggest.ts';
import { loadSweep } from './sweep-config.ts';
import { openSweepFolder } from './sweep-folder.ts';
import { drawSweep } from './sweep-picture.ts';
import { judge, reportTrials, type SweepReport } from './sweep-report.ts';
import { sweepTable } from './sweep-table.ts';

/** What `assay sweep` was asked to do. */
export interface SweepRequest {
  /** YAML file. */
  config: string;
  /** The trials of this slice only; all if left out. */
  slice?: Slice | undefined;
  /** Deletes what an earlier sweep of this name has left. */
  fresh: boolean;
  /** Whether the result is one line of JSON. */
  json: boolean;
  /** Folder for sweeps and unpacked data. */
  state: string;
}

const pictureFile = 'parallel-coordinates.svg';

/**
 * Trains the default configuration and the trials of a sweep, goes on where an earlier call was ended, and says which
 * is the best.
 *
 * @returns What is known; `open` is above 0 if it was asked to stop or other slices have not ended.
 */
export async function sweep(
  request: SweepRequest,
  context: { output: Output; signal: AbortSignal },
): Promise<SweepReport> {
  const session = await openSweep(request, context);
  const { search, folder, output } = session;
  await runTrials(session, trialsOf(search.size + 1, request.slice ?? { index: 0, count: 1 }));
  const report = await concluded(session);
  await folder.write(sweepReportFile, `${JSON.stringify(report, null, 2)}\n`);
  if (report.best !== null)
    await folder.write(pictureFile, await drawSweep(report, session.sweep.parameters));
  if (request.json) output.line(JSON.stringify(report));
  else [...sweepTable(report), '', report.verdict].forEach((line) => output.line(line));
  if (context.signal.aborted) output.note('Stopped. The same command goes on.');
  else if (report.best !== null) {
    output.note(`Picture: ${join(folder.path, pictureFile)}`);
    output.note(`The best, with a package: ${report.command}`);
  }
  return report;
}

async function openSweep(
  request: SweepRequest,
  context: { output: Output; signal: AbortSignal },
): Promise<SweepSession> {
  const sweep = loadSweep(request.config);
  const config = loadConfig(sweep.base, sweep.settings);
  checkParameters(sweep);
  const { name, settings, method, seed, earlyTermination, parameters } = sweep;
  const search = openSearch(sweep);
  const folder = await openSweepFolder(request.state, name, {
    definition: { config, settings, method, seed, earlyTermination, parameters },
    fresh: request.fresh,
  });
  return { ...context, sweep, config, search, folder, metric: metricOf(config), state: request.state };
}

/** What the trials say; the test part is looked at once all have ended, by the best and the default alone. */
async function concluded(session: SweepSession): Promise<SweepReport> {
  const { sweep, search, folder, metric } = session;
  const ranked = rankTrials(await folder.trials(), metric);
  const report = reportTrials(ranked, {
    name: sweep.name,
    metric,
    size: search.size,
    runOf: folder.runOf,
    commandOf: (record) => ['assay train', sweep.base, ...settingsOf(sweep, record)].join(' '),
  });
  const standard = report.trials.find(({ isDefault }) => isDefault);
  if (report.open > 0 || report.best === null || standard?.value == null) return judge(report, null);
  const score = (trial: number) => scoreOnTest(folder.runOf(trial), { ...session, threads: 1 });
  const best = await score(report.best);
  const reference = await score(standard.trial);
  return judge(report, {
    best: best.value,
    default: reference.value,
    difference: report.best === standard.trial ? null : difference(session, [reference, best]),
  });
}

/** How sure it is that the second is better; nothing where a parameter of the sweep has given them other test parts. */
function difference({ metric, sweep }: SweepSession, results: [TestResult, TestResult]): string | null {
  const [reference, best] = results;
  const [labels, others] = [reference.scores.labels, best.scores.labels];
  if (labels.length !== others.length || labels.some((label, row) => label !== others[row])) return null;
  const comparison = compareScores([reference.scores, best.scores], {
    positive: reference.positive,
    metric,
    seed: sweep.seed,
  });
  const sentence = verdictSentence(comparison, ['the default configuration', 'the best trial']);
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}`;
}
