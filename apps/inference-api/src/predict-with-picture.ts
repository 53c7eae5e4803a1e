import { overlayPng, type HeatMap } from '@assay/explanation';
import { AssayError, type MapMethod, type Prediction } from '@assay/schema';
import { freeBuffer } from './free-buffer.ts';
import { abandonable } from './abandonable.ts';
import { noteUpload, type PredictionDraft } from './log/prediction-draft.ts';
import { noteResult, sumOf } from './predict.ts';
import type { LoadedModel } from './served-models.ts';
import type { Upload } from './upload/read-upload.ts';

export interface PictureOptions {
  /** Filled with all that comes of it. */
  readonly draft: PredictionDraft;
  /** Whether what is seen on the way is to be remembered: measures images. */
  readonly observe: boolean;
  readonly method?: MapMethod;
  readonly label?: string;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
}

/** A photo with the map of its explanation drawn on it. */
export interface PredictionWithPicture {
  readonly prediction: Prediction;
  readonly heat: HeatMap;
  readonly png: Uint8Array;
}

/** Classifies an image and draws the explanation of the answer on it. */
export async function predictWithPicture(
  model: LoadedModel,
  upload: Upload,
  { draft, observe, ...options }: PictureOptions,
): Promise<PredictionWithPicture> {
  if (observe) noteUpload(draft, upload);
  return abandonable(options.signal, async () => {
    const start = performance.now();
    const { result, map } = await model.explainer.explain(upload, options);
    const { answer, image } = result;
    if (map === undefined || image === undefined)
      throw new AssayError(
        'wrong-input-kind',
        'A picture is of an image; ask POST /predict?explain=contributions for why named numbers got their answer.',
      );
    const signed = map.against !== undefined;
    const png = await overlayPng(map.map, { signed, photo: image, on: image });
    const explain = performance.now() - start - sumOf(result.stages);
    noteResult(draft, result, observe);
    freeBuffer(image.data);
    draft.stages = { ...draft.stages, explain };
    const prediction = (draft.prediction = { id: draft.id, ...answer });
    return { prediction, heat: map, png };
  });
}
