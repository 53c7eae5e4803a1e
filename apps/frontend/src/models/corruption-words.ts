import type { ModelDetails } from '../api/types.ts';

type Corruption = NonNullable<
  NonNullable<ModelDetails['evaluation']>['robustness']
>['rows'][number]['corruption'];

/** What was done to the pictures, in words. */
export function corruptionWords(corruption: Corruption): { readonly kind: string; readonly strength: string } {
  switch (corruption.type) {
    case 'jpeg':
      return { kind: 'JPEG', strength: `quality ${corruption.quality}` };
    case 'blur':
      return { kind: 'Blur', strength: `σ ${corruption.sigma} pixels` };
    case 'noise':
      return { kind: 'Noise', strength: `σ ${corruption.sigma} of 255` };
    case 'resize':
      return { kind: 'Shrunk and enlarged', strength: `to ${Math.round(corruption.scale * 100)} %` };
    case 'brightness':
      return { kind: 'Brightness', strength: `× ${corruption.factor}` };
    case 'contrast':
      return { kind: 'Contrast', strength: `× ${corruption.factor}` };
  }
}
