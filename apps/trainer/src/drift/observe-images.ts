import type { FeatureRow } from '@assay/drift-statistics';
import { createProjection, type Classifier } from '@assay/prediction';
import { measureImage } from '@assay/preprocessing';
import { AssayError, defaultProjection } from '@assay/schema';
import { sixDigits } from '../reference/profile-values.ts';

/** What the log would hold of an image, by the names of the reference profile. */
export type Observe = (bytes: Uint8Array) => Promise<FeatureRow>;

/** Asks a model as a service does, and puts down what a service would. */
export function observer(classifier: Classifier): Observe {
  const project = createProjection(classifier.manifest.embeddingProjection ?? defaultProjection);
  return async (bytes) => {
    const { answer, embedding, image } = await classifier.classify({ bytes });
    if (image === undefined)
      throw new AssayError('internal', 'Expected a model of images to give the image back.');
    const scores = Object.entries(answer.probabilities);
    const [first = 0, second = 0] = scores.map(([, share]) => share).sort((a, b) => b - a);
    const projected = embedding === undefined ? [] : [...project(embedding)];
    const row = {
      ...prefixed('image', Object.entries(measureImage(image))),
      ...prefixed('score', scores),
      ...prefixed(
        'embedding',
        projected.map((value, at) => [String(at), Number(value.toPrecision(4))]),
      ),
      prediction: answer.prediction,
      confidence: answer.confidence,
      margin: first - second,
      entropy: scores.reduce((sum, [, share]) => (share > 0 ? sum - share * Math.log2(share) : sum), 0),
      scopeDistance: answer.scope?.distance,
    };
    // As records and references are: what is equal there must be equal here.
    return Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' ? sixDigits(value) : value,
      ]),
    );
  };
}

const prefixed = (prefix: string, entries: readonly (readonly [string, string | number | undefined])[]) =>
  Object.fromEntries(entries.map(([name, value]) => [`${prefix}.${name}`, value]));
