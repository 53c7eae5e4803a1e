import { explanationOf } from '@assay/explanation';
import type { ExplanationMethod, Prediction } from '@assay/schema';
import { abandonable } from './abandonable.ts';
import { freeBuffer } from './free-buffer.ts';
import type { LoadedModel } from './served-models.ts';
import type { Upload } from './upload/read-upload.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface PredictOptions {
  readonly top: number;
  /** Explains the answer in this way. */
  readonly explain?: ExplanationMethod;
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
  const { top, explain: method, signal } = options;
  return abandonable(signal, async () => {
    if (method !== undefined) return predictAndExplain(model, upload, { top, method, signal });
    const { answer, stages, image } = await model.classifier.classify(upload, { top, signal });
    if (image !== undefined) freeBuffer(image.data);
    return { prediction: { id: uuidV7(), ...answer }, stages };
  });
}

async function predictAndExplain(
  { explainer }: LoadedModel,
  upload: Upload,
  options: { top: number; method: ExplanationMethod; signal: AbortSignal },
): Promise<PredictResult> {
  const start = performance.now();
  const explained = await explainer.explain(upload, options);
  const explanation = await explanationOf(explained);
  const { answer, stages, image } = explained.result;
  if (image !== undefined) freeBuffer(image.data);
  const known = Object.values(stages).reduce((sum, time) => sum + time, 0);
  return {
    prediction: { id: uuidV7(), ...answer, explanation },
    stages: { ...stages, explain: performance.now() - start - known },
  };
}
