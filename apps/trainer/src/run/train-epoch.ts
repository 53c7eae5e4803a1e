import { learningRateAt, type Trainer } from '@assay/training';
import type { ProgressState } from '@assay/training-runs';
import type { AheadLoader } from '../batches/load-ahead.ts';
import type { Progress } from '../output.ts';
import { pruneBefore } from './prune-before.ts';
import type { TrainingSession } from './training-session.ts';

/**
 * Takes the remaining steps of an epoch. While the step runs in its worker, the next batches are made.
 *
 * @param state.bar Moves on with every step.
 * @returns Milliseconds that the step stood still for want of a batch.
 * @throws AssayError `training-failed` when the loss is no longer finite.
 */
export async function trainEpoch(
  session: TrainingSession,
  trainer: Trainer,
  state: { progress: ProgressState; bar: Progress; loader: AheadLoader },
): Promise<number> {
  const { config, data } = session;
  const { progress, loader } = state;
  const { stepsPerEpoch } = data.batches;
  const steps = config.epochs * stepsPerEpoch;
  const { epoch } = progress;
  let waited = 0;
  while (progress.step < stepsPerEpoch && !session.signal.aborted) {
    const began = performance.now();
    const { examples, targets } = await loader.take();
    waited += performance.now() - began;
    const step = epoch * stepsPerEpoch + progress.step;
    await pruneBefore(session, trainer, { step, steps });
    const running = trainer.step(
      { examples, targets: targets.slice() },
      learningRateAt(config.schedule, { step, steps }),
    );
    loader.fill();
    const { loss, logits } = await running;
    progress.sums.loss += loss * config.batchSize;
    progress.sums.rows += config.batchSize;
    progress.sums.right += agreements(logits, targets, data.labels.length);
    progress.step++;
    state.bar.update(step + 1, describeSums(progress.sums));
  }
  if (progress.step === stepsPerEpoch) Object.assign(progress, { epoch: epoch + 1, step: 0 });
  return waited;
}

/** Mean loss and accuracy of the epoch so far. */
export function describeSums({ loss, right, rows }: ProgressState['sums']): string {
  return rows === 0 ? '' : `loss ${(loss / rows).toFixed(4)} accuracy ${(right / rows).toFixed(4)}`;
}

/** Rows whose highest logit is at the highest target. */
function agreements(logits: Float32Array, targets: Float32Array, labels: number): number {
  let right = 0;
  for (let start = 0; start < logits.length; start += labels)
    if (largest(logits, start, labels) === largest(targets, start, labels)) right++;
  return right;
}

function largest(values: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++)
    if (values[start + index]! > values[start + best]!) best = index;
  return best;
}
