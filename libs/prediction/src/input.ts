import { AssayError, type PreprocessingSpec } from '@assay/schema';
import { featuresToVector, preprocessImage, type DecodedImage, type ImageLimits } from '@assay/preprocessing';

/** What is to be classified: an encoded image, or a row of named numbers. */
export type ClassifierInput = { readonly bytes: Uint8Array } | { readonly features: unknown };

/** Input of the model, and what was learnt on the way. */
export interface PreparedInput {
  /** float32 `[views, ...]`. */
  readonly tensor: { readonly shape: readonly number[]; readonly data: Float32Array };
  /** The decoded image; images only. */
  readonly image?: DecodedImage;
  /** Milliseconds spent. */
  readonly stages: { readonly decode: number; readonly preprocess: number };
}

/**
 * Brings an input into the form the model takes.
 *
 * @throws AssayError `wrong-input-kind` where the model takes the other kind; else as `preprocessImage` and
 *   `featuresToVector` of `@assay/preprocessing`
 */
export async function prepareInput(
  input: ClassifierInput,
  spec: PreprocessingSpec,
  limits: ImageLimits,
): Promise<PreparedInput> {
  if (spec.kind === 'image') {
    if (!('bytes' in input)) throw wrongKind('an image', 'features');
    const { views, image, stages } = await preprocessImage(input.bytes, spec, limits);
    return { tensor: views, image, stages };
  }
  if (!('features' in input)) {
    throw wrongKind('named numbers, as JSON { "features": { … } }', 'an image');
  }
  const start = performance.now();
  const data = featuresToVector(input.features, spec);
  return {
    tensor: { shape: [1, data.length], data },
    stages: { decode: 0, preprocess: performance.now() - start },
  };
}

/**
 * Sizes of a typical input of the model, `[views, ...]`, to warm it up with. Where the size follows the image,
 * 64 × 64.
 */
export function typicalShape(spec: PreprocessingSpec): number[] {
  if (spec.kind === 'tabular') return [1, spec.features.length];
  const { crop, resize } = spec;
  const views = (crop.mode === 'several' ? crop.count : 1) * (spec.mirror ? 2 : 1);
  const size = 'height' in crop ? crop : 'height' in resize ? resize : undefined;
  const side = 'size' in resize ? resize.size : 64;
  return [views, spec.colour === 'rgb' ? 3 : 1, size?.height ?? side, size?.width ?? side];
}

function wrongKind(expected: string, received: string): AssayError {
  return new AssayError('wrong-input-kind', `This model takes ${expected}; received ${received}.`);
}
