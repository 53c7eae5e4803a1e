import type { MetricName } from '@assay/training-runs';
import { loadConfig } from '../config/load-config.ts';
import { prepareData } from '../data/prepare-data.ts';
import type { Scores } from '../metrics/scores.ts';
import type { Output } from '../output.ts';
import { networkSpec } from '@assay/training';
import { AssayError } from '@assay/schema';
import { readProgress, readState } from '../run/checkpoint.ts';
import { networkFile } from '../run/pretrained.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { validate } from '../run/validate.ts';

/** What a run says of the test part. */
export interface TestResult {
  value: number;
  scores: Scores;
  /** Position of the positive label, where there is one. */
  positive: number | undefined;
}

/**
 * What the best checkpoint of a run achieves on the test part.
 *
 * @throws AssayError `training-failed` if it has no checkpoint, `invalid-dataset` if its data has changed.
 */
export async function scoreOnTest(
  path: string,
  context: { metric: MetricName; state: string; output: Output; threads: number },
): Promise<TestResult> {
  const run = openRunFolder(path);
  const progress = await readProgress(run);
  if (progress?.best === undefined) throw new AssayError('training-failed', `${path} has no checkpoint.`);
  const config = loadConfig(run.file('config.yaml'));
  const data = await prepareData(config, context);
  try {
    const facts = JSON.parse((await run.read('run.json')).toString('utf8')) as { datasetDigest: string };
    if (facts.datasetDigest !== data.digest)
      throw new AssayError(
        'invalid-dataset',
        `${config.data.path} is not what ${path} was trained on: its files have changed. Begin anew with --fresh.`,
      );
    const network = networkSpec.parse(JSON.parse((await run.read(networkFile)).toString('utf8')));
    const state = await readState(run, progress.best.stateFile);
    const positive =
      config.positiveLabel === undefined ? undefined : data.labels.indexOf(config.positiveLabel);
    const { metrics, scores } = await validate({ network, state }, data, {
      split: 'test',
      threads: context.threads,
      positive,
    });
    return { value: metrics[context.metric] ?? Number.NaN, scores, positive };
  } finally {
    await data.batches.close();
  }
}
