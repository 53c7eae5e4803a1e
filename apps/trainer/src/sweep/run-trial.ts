import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '@assay/schema';
import { betterEnd, type MetricName, metricsFile, type TrialRecord } from '@assay/training-runs';
import { train } from '../commands/train.ts';
import type { Output } from '../output.ts';
import { readProgress } from '../run/checkpoint.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { readEpochs } from '../tracking/read-epochs.ts';
import { isBehindMedian, type Point } from './median-rule.ts';
import type { EarlyTermination } from './sweep-config.ts';
import { sweepFolderAt } from './sweep-folder.ts';

/** All that a thread needs to know of a trial. */
export interface TrialOrder {
  /** With status `running`. */
  readonly record: TrialRecord;
  /** Folder of the sweep. */
  readonly sweep: string;
  /** The training configuration, and changes to it. */
  readonly base: string;
  readonly settings: readonly string[];
  readonly metric: MetricName;
  readonly earlyTermination: EarlyTermination | null;
  /** Folder for unpacked data. */
  readonly state: string;
}

/**
 * Trains a trial, from its checkpoint where an earlier attempt left one.
 *
 * @returns The record at its end; still `running` if the signal asked to stop.
 * @throws AssayError for what is no fault of the values, such as missing data.
 */
export async function runTrial(
  order: TrialOrder,
  context: { output: Output; signal: AbortSignal },
): Promise<TrialRecord> {
  const { record } = order;
  const folder = sweepFolderAt(order.sweep);
  const run = folder.runOf(record.trial);
  const begun = existsSync(join(run, 'progress.json'));
  if (!begun) await rm(run, { recursive: true, force: true });
  // Outlives this process: a run that was to end early does so after a kill as well.
  const stopMark = join(run, 'stopped');
  try {
    const { finished } = await train(
      {
        ...(begun ? { resume: run, settings: [] } : { config: order.base, settings: order.settings, run }),
        pack: false,
        state: order.state,
      },
      {
        ...context,
        async shouldStop(epoch, value) {
          if (order.earlyTermination === null || record.trial === 0) return false;
          if (existsSync(stopMark)) return true;
          const ended = (await folder.trials()).filter(({ status }) => status === 'finished');
          const earlier = readPoints(run, order.metric).filter((point) => point.epoch < epoch);
          const behind = isBehindMedian(
            [...earlier, { epoch, value }],
            ended.map((other) => other.points.map(toPoint)),
            { ...order.earlyTermination, better: betterEnd(order.metric) },
          );
          if (behind) await writeFile(stopMark, '');
          return behind;
        },
      },
    );
    if (!finished) return record;
  } catch (error) {
    const fault =
      error instanceof AssayError && ['training-failed', 'invalid-configuration'].includes(error.code);
    if (!fault) throw error;
    return { ...record, status: 'failed', reason: error.message, points: await recordedPoints(run, order) };
  }
  const progress = await readProgress(openRunFolder(run));
  const { best, seconds = 0 } = progress ?? {};
  return {
    ...record,
    status: existsSync(stopMark) ? 'stopped' : 'finished',
    points: await recordedPoints(run, order),
    seconds: Math.round(seconds * 10) / 10,
    ...(best && {
      best: { epoch: best.epoch, value: numberOrNull(best.value), logLoss: numberOrNull(best.logLoss) },
    }),
  };
}

/** What a run achieved after each epoch that it was validated after; NaN where a validation has no such metric. */
function readPoints(run: string, metric: MetricName): Point[] {
  return readEpochs(join(run, metricsFile)).flatMap(({ epoch, validation }) =>
    validation ? [{ epoch, value: validation[metric] ?? Number.NaN }] : [],
  );
}

async function recordedPoints(run: string, { metric }: TrialOrder): Promise<TrialRecord['points']> {
  return readPoints(run, metric).map(({ epoch, value }) => ({ epoch, value: numberOrNull(value) }));
}

function toPoint({ epoch, value }: TrialRecord['points'][number]): Point {
  return { epoch, value: value ?? Number.NaN };
}

/** JSON has no NaN. */
function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
