import { uuidV7, type ImageProperties, type Prediction } from '@assay/schema';
import type { LoadedModel } from '../served-models.ts';
import type { Upload } from '../upload/read-upload.ts';
import { inputDigest, type InputDigest } from './input-digest.ts';

/** What a prediction showed beside its answer. */
export interface Observed {
  /** Of the model's last feature map, `[C]`. */
  readonly embedding?: Float32Array;
  /** Of the decoded image. */
  readonly properties?: ImageProperties;
}

/** What is known so far of a prediction that was asked for; it is filled on the way, as far as the request gets. */
export interface PredictionDraft {
  /** Of the answer and of the record. */
  readonly id: string;
  /** When it was asked for, by `performance.now()`. */
  readonly start: number;
  /** Who asks. */
  client?: string;
  model?: LoadedModel;
  upload?: Upload;
  /** Of the upload; begun as soon as that is there, beside the prediction. */
  digest?: Promise<InputDigest>;
  prediction?: Prediction;
  observed?: Observed;
  /** Milliseconds by stage. */
  stages?: Readonly<Record<string, number>>;
  /** Whether it was remembered. */
  isLogged?: boolean;
}

/** A draft of which nothing is known. */
export function newDraft(known: Pick<PredictionDraft, 'client' | 'model'> = {}): PredictionDraft {
  return { id: uuidV7(), start: performance.now(), ...known };
}

/** Notes what came to be classified. */
export function noteUpload(draft: PredictionDraft, upload: Upload): void {
  draft.upload = upload;
  draft.digest = inputDigest(upload);
}
