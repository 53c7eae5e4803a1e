import { learningRateAt } from '@assay/training';
import type { EpochRecord, ProgressState } from '@assay/training-runs';
import type { Evaluation } from '../metrics/evaluate-scores.ts';
import type { TrainingSession } from '../run/training-session.ts';

/** How fast an epoch went. */
export interface Pace {
  /** Examples per second. */
  speed: number;
  /** Share of the epoch's training time, 0 to 1, in which the step stood still for want of a batch. */
  dataWaitShare: number;
  /** Processor seconds per second. */
  cpuCores: number;
}

/** What is kept of the epoch that `progress` has just ended. */
export function epochRecord(
  { config, data }: Pick<TrainingSession, 'config' | 'data'>,
  state: { progress: ProgressState; pace: Pace; validation: Evaluation | undefined },
): EpochRecord {
  const { progress, pace, validation } = state;
  const { epoch, sums, seconds } = progress;
  const { stepsPerEpoch } = data.batches;
  return {
    epoch,
    loss: sums.loss / sums.rows,
    accuracy: sums.right / sums.rows,
    learningRate: learningRateAt(config.schedule, {
      step: epoch * stepsPerEpoch - 1,
      steps: config.epochs * stepsPerEpoch,
    }),
    ...(validation ? { validation: { ...validation.metrics, ...classAverages(validation) } } : {}),
    examplesPerSecond: Math.round(pace.speed),
    dataWaitShare: Number(pace.dataWaitShare.toFixed(4)),
    seconds: Math.round(seconds),
    cpuCores: Number(pace.cpuCores.toFixed(2)),
    rssBytes: process.memoryUsage.rss(),
  };
}

/** Means over the classes, each class counting the same. */
function classAverages({ classes }: Evaluation): { macroPrecision: number; macroRecall: number } {
  const mean = (figure: 'precision' | 'recall') =>
    classes.reduce((sum, one) => sum + one[figure], 0) / classes.length;
  return { macroPrecision: mean('precision'), macroRecall: mean('recall') };
}

/** Starts to count this process's processor time. @returns Processor seconds per second since. */
export function startCpuMeter(): () => number {
  const began = performance.now();
  const from = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000 / (performance.now() - began);
  };
}
