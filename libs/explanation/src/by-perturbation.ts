import { calibrate } from '@assay/prediction';
import { viewFrames } from '@assay/preprocessing';
import { AssayError } from '@assay/schema';
import type { Explained, PerturbationMethod, Question } from './question.ts';
import { occlusion } from './occlusion.ts';
import { rise } from './rise.ts';
import type { MaskedSubject } from './masked-scores.ts';

const methods = { occlusion, rise } as const;

/** Explains the calibrated probability of a label by what hiding parts of the photo does to it. */
export async function explainByPerturbation(
  { classifier, input, options }: Question,
  method: PerturbationMethod,
): Promise<Explained> {
  const { manifest } = classifier;
  const { label, top, signal } = options;
  const result = await classifier.classify(input, {
    keep: { input: true },
    ...(top === undefined ? {} : { top }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { image, kept, answer } = result;
  if (image === undefined || kept === undefined || manifest.preprocessing.kind !== 'image')
    throw new AssayError('internal', 'A map needs an image.');
  const explained = label ?? answer.prediction;
  const position = manifest.labels.indexOf(explained);
  const against = manifest.labels.length === 2 ? manifest.labels[1 - position] : undefined;
  const subject: MaskedSubject = {
    photo: image,
    geometry: viewFrames(image, manifest.preprocessing),
    input: kept.input,
    score: (rows) => classifier.score(rows, signal),
    measure: (logits) => calibrate(logits, manifest.calibration)[position]!,
  };
  const { map, score } = await methods[method](subject);
  return {
    result,
    map: { method, label: explained, ...(against === undefined ? {} : { against }), map, score },
  };
}
