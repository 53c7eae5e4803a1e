import { achievementOf, isBetter, metricsFile, type ProgressState } from '@assay/training-runs';
import { loadAhead } from '../batches/load-ahead.ts';
import { openTrainer, type Trainer } from '@assay/training';
import { startingState } from './pretrained.ts';
import { readProgress, readState, saveBest, saveCheckpoint } from './checkpoint.ts';
import { isPruned } from './prune-before.ts';
import { describeSums, trainEpoch } from './train-epoch.ts';
import { report, type TrainingSession } from './training-session.ts';
import { epochRecord, startCpuMeter, type Pace } from '../tracking/epoch-record.ts';
import { readEpochs } from '../tracking/read-epochs.ts';
import { samplePredictions } from '../tracking/sample-predictions.ts';
import { validate } from './validate.ts';

/**
 * Trains from the last checkpoint of the run, or from the start, to the last epoch, an early stop or the
 * signal. Equal configurations give equal weights; a resumed run gives those of an uninterrupted one.
 *
 * @returns How far the run is; `finished` is false if it was asked to stop.
 */
export async function trainLoop(session: TrainingSession): Promise<ProgressState> {
  const { config, network, threads } = session;
  const saved = await readProgress(session.run);
  const initial = saved ? await readState(session.run, saved.stateFile) : await startingState(session);
  const trainer = await openTrainer(
    {
      network,
      batchSize: config.batchSize,
      loss: config.loss,
      optimiser: config.optimiser,
      seed: config.seed,
      threads,
      average: config.ema !== undefined,
      averageDecay: config.ema?.decay ?? 0,
      masked: config.prune !== undefined,
      // A step on a few numbers takes less time than a message to another thread.
      ownThread: network.input.kind === 'image',
      dataParallel: config.dataParallel,
    },
    initial,
  );
  const epochs = lastEpoch(session);
  const total = epochs * session.data.batches.stepsPerEpoch;
  const bar = session.output.progress('training', total);
  try {
    const progress = saved ? await resume(session, saved) : await start(session);
    const loader = loadAhead(session.data.batches, { ...progress, epochs, depth: config.loading.ahead });
    while (!progress.finished && !session.signal.aborted) {
      const began = performance.now();
      const from = progress.sums.rows;
      const cpuCores = startCpuMeter();
      const waited = await trainEpoch(session, trainer, { progress, bar, loader });
      const took = performance.now() - began;
      progress.seconds += took / 1000;
      const speed = ((progress.sums.rows - from) * 1000) / took;
      const pace = { speed, dataWaitShare: waited / took, cpuCores: cpuCores() };
      if (progress.step === 0) await endEpoch(session, trainer, { progress, pace });
    }
    if (!progress.finished) await saveCheckpoint(session.run, progress, await trainer.snapshot());
    return progress;
  } finally {
    bar.stop();
    await session.data.batches.close();
    await trainer.close();
  }
}

/** Where training ends; the schedule of the learning rate is that of all epochs. */
function lastEpoch({ config, repeatEpochs }: TrainingSession): number {
  return repeatEpochs ?? config.epochs;
}

async function start({ run }: TrainingSession): Promise<ProgressState> {
  await run.write(metricsFile, '');
  return {
    epoch: 0,
    step: 0,
    sums: { loss: 0, right: 0, rows: 0 },
    stale: 0,
    seconds: 0,
    stateFile: '',
    finished: false,
  };
}

/** Goes on from the last checkpoint, and takes back what was written after it. */
async function resume(session: TrainingSession, progress: ProgressState): Promise<ProgressState> {
  const { run } = session;
  const kept = readEpochs(run.file(metricsFile)).filter(({ epoch }) => epoch <= progress.epoch);
  await run.write(metricsFile, kept.map((record) => `${JSON.stringify(record)}\n`).join(''));
  if (!progress.finished)
    await report(session, `Going on from epoch ${progress.epoch + 1}, step ${progress.step + 1}.`);
  return progress;
}

async function endEpoch(
  session: TrainingSession,
  trainer: Trainer,
  state: { progress: ProgressState; pace: Pace },
): Promise<void> {
  const { config, run, metric, tracking, repeatEpochs } = session;
  const { progress, pace } = state;
  const done = progress.epoch === lastEpoch(session);
  const snapshot = await trainer.snapshot();
  const { sums } = progress;
  const began = performance.now();
  const validation =
    repeatEpochs === undefined && (done || progress.epoch % config.validation.every === 0)
      ? await validate({ network: session.network, state: snapshot }, session.data, {
          ...session,
          split: 'validation',
        })
      : undefined;
  progress.seconds += (performance.now() - began) / 1000;
  let mark = '';
  const { stepsPerEpoch } = session.data.batches;
  const at = { done: progress.epoch * stepsPerEpoch, steps: config.epochs * stepsPerEpoch };
  if (validation && isPruned(config, at)) {
    const achieved = achievementOf(validation.metrics, metric);
    if (progress.best === undefined || isBetter(metric, achieved, progress.best)) {
      progress.best = {
        epoch: progress.epoch,
        ...achieved,
        stateFile: await saveBest(run, progress.epoch, snapshot),
      };
      progress.stale = 0;
      mark = ' (best)';
      const { epoch } = progress;
      const { labels } = session.data;
      await tracking.log({ type: 'confusion', epoch, labels, matrix: validation.confusion });
      const samples = await samplePredictions(validation.scores, session.data);
      await tracking.log({ type: 'samples', epoch, samples });
    } else progress.stale++;
  }
  const early = config.earlyStopping !== undefined && progress.stale >= config.earlyStopping.patience;
  const hopeless =
    validation !== undefined &&
    (await session.shouldStop?.(progress.epoch, validation.metrics[metric] ?? Number.NaN)) === true;
  progress.finished = done || early || hopeless;
  await tracking.log({ type: 'epoch', record: epochRecord(session, { progress, pace, validation }) });
  await report(
    session,
    `epoch ${progress.epoch}/${lastEpoch(session)} ${describeSums(sums)}` +
      (validation ? ` | validation ${describeMetrics(validation.metrics)}${mark}` : '') +
      ` | ${Math.round(pace.speed)}/s${describeWait(pace)}, ${Math.round(progress.seconds)} s, ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
  );
  progress.sums = { loss: 0, right: 0, rows: 0 };
  if (progress.finished || progress.epoch % config.checkpoint.everyEpochs === 0)
    await saveCheckpoint(run, progress, snapshot);
  if (early && !done)
    await report(session, `Stopping early: ${progress.stale} validations without a better ${metric}.`);
  if (hopeless && !done) await report(session, 'Stopping early: other trials of the sweep do better.');
}

/** Said where it costs something: more threads or a larger cache would help. */
function describeWait({ dataWaitShare }: Pace): string {
  return dataWaitShare < 0.05 ? '' : ` (${Math.round(100 * dataWaitShare)} % of the time waiting for data)`;
}

function describeMetrics(metrics: Readonly<Record<string, number>>): string {
  return ['accuracy', 'auroc', 'logLoss']
    .filter((name) => metrics[name] !== undefined)
    .map((name) => `${name} ${metrics[name]!.toFixed(4)}`)
    .join(' ');
}
