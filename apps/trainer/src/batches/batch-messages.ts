import type { ProblemCode } from '@assay/schema';
import type { CachedImages } from '../data/image-cache.ts';
import type { TrainingBatch } from './batch-source.ts';
import type { ImageBatchOptions } from './image-batches.ts';

/** What a thread that makes batches is started with; the pixels in it are shared, not copied. */
export interface BatchThreadStart {
  images: CachedImages;
  classes: Int32Array;
  options: ImageBatchOptions;
}

export type ToBatchThread = { kind: 'make'; epoch: number; step: number } | { kind: 'close' };

/** Answers come in the order of the questions. Other errors than refusals end the thread. */
export type FromBatchThread =
  { kind: 'made'; batch: TrainingBatch } | { kind: 'refused'; code: ProblemCode; message: string };
