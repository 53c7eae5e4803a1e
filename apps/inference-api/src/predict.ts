import { AssayError, type Prediction } from '@assay/schema';
import { freeBuffer } from './free-buffer.ts';
import type { LoadedModel } from './served-models.ts';
import type { Upload } from './upload/read-upload.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface PredictOptions {
  readonly top: number;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
}

export interface PredictResult {
  readonly prediction: Prediction;
  /** Milliseconds by stage. */
  readonly stages: Readonly<Record<string, number>>;
}

/** Classifies an upload and gives the answer its identity. */
export async function predict(
  model: LoadedModel,
  upload: Upload,
  options: PredictOptions,
): Promise<PredictResult> {
  const { top, signal } = options;
  try {
    const { answer, stages, image } = await model.classifier.classify(upload, { top, signal });
    if (image !== undefined) freeBuffer(image.data);
    return { prediction: { id: uuidV7(), ...answer }, stages };
  } catch (error) {
    // However the work was cut short, the cause is that nobody waits for it any more.
    if (signal.aborted) throw callerWentAway(error);
    throw error;
  }
}

function callerWentAway(cause: unknown): AssayError {
  return new AssayError('request-aborted', 'The caller went away before the answer.', { cause });
}
