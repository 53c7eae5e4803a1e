import { overlayPng, type HeatMap } from '@assay/explanation';
import { AssayError, type MapMethod, type Prediction } from '@assay/schema';
import { freeBuffer } from './free-buffer.ts';
import { abandonable } from './abandonable.ts';
import type { LoadedModel } from './served-models.ts';
import type { Upload } from './upload/read-upload.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface PictureOptions {
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
  /** Milliseconds by stage. */
  readonly stages: Readonly<Record<string, number>>;
}

/** Classifies an image and draws the explanation of the answer on it. */
export async function predictWithPicture(
  model: LoadedModel,
  upload: Upload,
  options: PictureOptions,
): Promise<PredictionWithPicture> {
  return abandonable(options.signal, async () => {
    const start = performance.now();
    const { result, map } = await model.explainer.explain(upload, options);
    const { answer, image, stages } = result;
    if (map === undefined || image === undefined)
      throw new AssayError(
        'wrong-input-kind',
        'A picture is of an image; ask POST /predict?explain=contributions for why named numbers got their answer.',
      );
    const signed = map.against !== undefined;
    const png = await overlayPng(map.map, { signed, photo: image, on: image });
    freeBuffer(image.data);
    const known = Object.values(stages).reduce((sum, time) => sum + time, 0);
    return {
      prediction: { id: uuidV7(), ...answer },
      heat: map,
      png,
      stages: { ...stages, explain: performance.now() - start - known },
    };
  });
}
