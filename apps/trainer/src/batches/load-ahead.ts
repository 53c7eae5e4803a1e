import type { BatchSource, TrainingBatch } from './batch-source.ts';

/** Batches in the order of training, begun before they are needed. */
export interface AheadLoader {
  /** The next batch; the wait for it is time that the training step stands still. */
  take(): Promise<TrainingBatch>;
  /** Begins the batches that may be begun. Called while a step runs, what is made in this thread costs no wait. */
  fill(): void;
}

/**
 * @param options.epoch, options.step The first batch to take; from the last step of an epoch it goes on with the next
 * one, so that what validation takes is not added to by a wait.
 * @param options.epochs Where training ends.
 * @param options.depth Batches that are made or ready at a time.
 */
export function loadAhead(
  source: Pick<BatchSource, 'batch' | 'stepsPerEpoch'>,
  options: { epoch: number; step: number; epochs: number; depth: number },
): AheadLoader {
  const begun: Promise<TrainingBatch>[] = [];
  let next = options.epoch * source.stepsPerEpoch + options.step;
  const end = options.epochs * source.stepsPerEpoch;
  const begin = () => {
    const batch = source.batch(Math.floor(next / source.stepsPerEpoch), next % source.stepsPerEpoch);
    // Whoever takes it deals with the fault; a batch that is never taken must not end the process.
    batch.catch(() => undefined);
    begun.push(batch);
    next++;
  };
  return {
    take() {
      if (begun.length === 0) begin();
      return begun.shift()!;
    },
    fill() {
      while (begun.length < options.depth && next < end) begin();
    },
  };
}
