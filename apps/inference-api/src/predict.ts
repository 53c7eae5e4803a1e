import { explanationOf } from '@assay/explanation';
import type { ClassifierResult } from '@assay/prediction';
import { measureImage, type DecodedImage } from '@assay/preprocessing';
import type { ExplanationMethod, Prediction } from '@assay/schema';
import { abandonable } from './abandonable.ts';
import { freeBuffer } from './free-buffer.ts';
import { noteUpload, type PredictionDraft } from './log/prediction-draft.ts';
import type { LoadedModel } from './served-models.ts';
import type { Upload } from './upload/read-upload.ts';

export interface PredictOptions {
  /** Filled with all that comes of it. */
  readonly draft: PredictionDraft;
  /** Whether what is seen on the way is to be remembered: measures images. */
  readonly observe: boolean;
  readonly top: number;
  /** Explains the answer in this way. */
  readonly explain?: ExplanationMethod;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
}

/** Classifies an upload; the answer has the id of the draft. */
export async function predict(
  model: LoadedModel,
  upload: Upload,
  options: PredictOptions,
): Promise<Prediction> {
  const { draft, observe, top, explain: method, signal } = options;
  if (observe) noteUpload(draft, upload);
  return abandonable(signal, async () => {
    if (method !== undefined) return predictAndExplain(model, upload, { ...options, method });
    const result = await model.classifier.classify(upload, {
      top,
      signal,
      ...(observe ? { onImage: (image) => noteImage(draft, image) } : {}),
    });
    noteResult(draft, result, observe);
    if (result.image !== undefined) freeBuffer(result.image.data);
    return (draft.prediction = { id: draft.id, ...result.answer });
  });
}

async function predictAndExplain(
  { explainer }: LoadedModel,
  upload: Upload,
  { method, draft, observe, top, signal }: PredictOptions & { method: ExplanationMethod },
): Promise<Prediction> {
  const start = performance.now();
  const explained = await explainer.explain(upload, { top, method, signal });
  const explanation = await explanationOf(explained);
  const { result } = explained;
  const known = sumOf(result.stages);
  const explain = performance.now() - start - known;
  noteResult(draft, result, observe);
  if (result.image !== undefined) freeBuffer(result.image.data);
  draft.stages = { ...draft.stages, explain };
  return (draft.prediction = { id: draft.id, ...result.answer, explanation });
}

/** Notes what there is to see beside the answer, while the pixels are there. */
export function noteResult(
  draft: PredictionDraft,
  { image, embedding, stages }: ClassifierResult,
  observe: boolean,
): void {
  draft.stages = { ...draft.stages, ...stages };
  if (!observe) return;
  if (image !== undefined && draft.observed?.properties === undefined) noteImage(draft, image);
  if (embedding !== undefined) draft.observed = { ...draft.observed, embedding };
}

/** Measures a decoded image. */
function noteImage(draft: PredictionDraft, image: DecodedImage): void {
  const start = performance.now();
  draft.observed = { ...draft.observed, properties: measureImage(image) };
  draft.stages = { ...draft.stages, measure: performance.now() - start };
}

/** Milliseconds of all stages. */
export function sumOf(stages: Readonly<Record<string, number>>): number {
  return Object.values(stages).reduce((sum, time) => sum + time, 0);
}
