import { viewFrames } from '@assay/preprocessing';
import { AssayError } from '@assay/schema';
import type { CamHead } from './cam-head.ts';
import { sumOf } from './cell-map.ts';
import { classActivation } from './class-activation.ts';
import { directionOf } from './direction.ts';
import type { Explained, Question } from './question.ts';
import { toPhotoGrid } from './photo-grid.ts';

/** Class activation maps from the run that answers: see {@link classActivation}. */
export async function explainByActivation(
  { classifier, input, options }: Question,
  head: CamHead,
): Promise<Explained> {
  const { manifest } = classifier;
  const { label, top, signal } = options;
  const result = await classifier.classify(input, {
    keep: { outputs: [...head.outputs.keys()] },
    ...(top === undefined ? {} : { top }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { image, kept, logits, answer } = result;
  if (image === undefined || kept === undefined || manifest.preprocessing.kind !== 'image')
    throw new AssayError('internal', 'A class activation map needs an image.');
  const explained = label ?? answer.prediction;
  const { weights, against } = directionOf(manifest.labels, explained);
  const views = classActivation(head, kept.outputs, weights);
  const map = toPhotoGrid(views, image, viewFrames(image, manifest.preprocessing));
  const score = sumOf(weights.map((weight, index) => weight * logits[index]!));
  const remainder = score - sumOf(map.values);
  return {
    result,
    map: {
      method: 'cam',
      label: explained,
      ...(against === undefined ? {} : { against }),
      map,
      score,
      remainder,
    },
  };
}
