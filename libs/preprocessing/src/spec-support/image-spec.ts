import { imagePreprocessingSpec, type ImagePreprocessingSpec } from '@assay/schema';

/** A spec that changes nothing but the type: bytes over 255. */
export function imageSpec(changes: Partial<ImagePreprocessingSpec> = {}): ImagePreprocessingSpec {
  const channels = changes.colour === 'grey' ? 1 : 3;
  return imagePreprocessingSpec.parse({
    kind: 'image',
    resize: { mode: 'none' },
    crop: { mode: 'none' },
    normalise: { mean: new Array<number>(channels).fill(0), std: new Array<number>(channels).fill(1) },
    ...changes,
  });
}
