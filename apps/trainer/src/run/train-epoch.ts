import { learningRateAt, type Trainer } from '@assay/training';
import type { TrainingBatch } from '../batches/batch-source.ts';
import type { Progress } from '../output.ts';
import type { ProgressState } from './progress-state.ts';
import type { TrainingSession } from './training-session.ts';

/**
 * Takes the remaining steps of an epoch. While the step runs in its worker, the next batch is made here.
 *
 * @param progress Moves on with every step.
 * @throws AssayError `training-failed` when the loss is no longer finite.
 */
export async function trainEpoch(
  session: TrainingSession,
  trainer: Trainer,
  state: { progress: ProgressState; bar: Progress },
): Promise<void> {
  const { config, data } = session;
  const { progress } = state;
  const { stepsPerEpoch } = data.batches;
  const steps = config.epochs * stepsPerEpoch;
  const { epoch } = progress;
  let batch: TrainingBatch | undefined = await data.batches.batch(epoch, progress.step);
  while (batch !== undefined && !session.signal.aborted) {
    const { targets } = batch;
    const step = epoch * stepsPerEpoch + progress.step;
    const wanted = progress.step + 1;
    const running = trainer.step(
      { examples: batch.examples, targets: targets.slice() },
      learningRateAt(config.schedule, { step, steps }),
    );
    // A step that fails while the next batch is made is dealt with below, not as an unhandled rejection.
    running.catch(() => undefined);
    const next: TrainingBatch | undefined =
      wanted < stepsPerEpoch ? await data.batches.batch(epoch, wanted) : undefined;
    const { loss, logits } = await running;
    progress.sums.loss += loss * config.batchSize;
    progress.sums.rows += config.batchSize;
    progress.sums.right += agreements(logits, targets, data.labels.length);
    progress.step = wanted;
    batch = next;
    state.bar.update(step + 1, describeSums(progress.sums));
  }
  if (progress.step === stepsPerEpoch) Object.assign(progress, { epoch: epoch + 1, step: 0 });
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
