import type { ImagePreprocessingSpec, ResizeFilter } from '@assay/schema';

const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const half = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
/** `OPENAI_CLIP_MEAN` and `OPENAI_CLIP_STD`. */
const clip = { mean: [0.48145466, 0.4578275, 0.40821073], std: [0.26862954, 0.26130258, 0.27577711] };

/**
 * Preparations that many published models share, by name. All resize as Pillow does, turn images upright by EXIF, and put
 * transparent ones on white.
 */
export const preprocessingPresets: Readonly<Record<string, ImagePreprocessingSpec>> = {
  /** torchvision's classification models, first weights: `Resize(256)`, `CenterCrop(224)`. */
  'imagenet-224': centred({ resize: 256, crop: 224, filter: 'bilinear', normalise: imagenet }),
  /** Many of timm's (`crop_pct` 0.875, bicubic). */
  'imagenet-224-bicubic': centred({ resize: 256, crop: 224, filter: 'bicubic', normalise: imagenet }),
  /** torchvision's second weights of ResNets (`IMAGENET1K_V2`): `Resize(232)`, `CenterCrop(224)`. */
  'imagenet-224-v2': centred({ resize: 232, crop: 224, filter: 'bilinear', normalise: imagenet }),
  /** torchvision's Inception v3: `Resize(342)`, `CenterCrop(299)`. */
  'imagenet-299': centred({ resize: 342, crop: 299, filter: 'bilinear', normalise: imagenet }),
  /** timm's vision transformers of Google (`crop_pct` 0.9, mean and std 0.5). */
  'half-224-bicubic': centred({ resize: 248, crop: 224, filter: 'bicubic', normalise: half }),
  /** CLIP's image encoders and what was made of them. */
  'clip-224': centred({ resize: 224, crop: 224, filter: 'bicubic', normalise: clip }),
};

function centred(options: {
  resize: number;
  crop: number;
  filter: ResizeFilter;
  normalise: ImagePreprocessingSpec['normalise'];
}): ImagePreprocessingSpec {
  const { resize, crop, filter, normalise } = options;
  return {
    kind: 'image',
    autoOrient: true,
    icc: false,
    background: [255, 255, 255],
    colour: 'rgb',
    resize: { mode: 'shortest-side', size: resize, filter, engine: 'pillow' },
    crop: { mode: 'centre', width: crop, height: crop },
    mirror: false,
    normalise,
  };
}
