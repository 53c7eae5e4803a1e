import { corruptions, decodeImage, describeCorruption, viewsThread, type Pixels } from '@assay/preprocessing';
import {
  AssayError,
  type Classification,
  type Corruption,
  type Stability,
  type StabilityRow,
} from '@assay/schema';
import type { Classifier } from './classifier.ts';
import { Gate } from './gate.ts';
import { describeStability } from './describe-stability.ts';

/** An image that was classified, and its answer. */
export interface ClassifiedImage {
  /** Of the file. */
  readonly bytes: Uint8Array;
  readonly answer: Pick<Classification, 'prediction' | 'probabilities' | 'decision'>;
}

/** Asks a model again about changed copies of an image. */
export interface StabilityCheck {
  /**
   * Compresses, blurs, shrinks the image and adds noise to it, each by itself and at the image's own size, as for the robustness
   * table of a model card; then prepares and classifies it as ever. The same image gives the same figures.
   *
   * @throws AssayError `wrong-input-kind` where the model takes no images, `overloaded` where too many images wait; the signal's
   *   reason where it aborts
   */
  check(classifier: Classifier, image: ClassifiedImage, signal?: AbortSignal): Promise<Stability>;
}

const kinds: readonly Corruption['type'][] = ['jpeg', 'resize', 'blur', 'noise'];

/** What the image goes through; brightness and contrast are not what happens on the way from one place to another. */
const changes = kinds.flatMap((kind) => corruptions.filter(({ type }) => type === kind));

/** Images whose pixels are in memory: while the model looks at one, the next is changed. */
const AT_ONCE = 2;
/** Further images that wait, as files; the rest is refused. */
const WAITING = 32;

/** The thread that changes images starts with the first; there is nothing to close. */
export function createStabilityCheck(): StabilityCheck {
  const thread = viewsThread();
  const gate = new Gate(AT_ONCE, WAITING);
  return {
    async check(classifier, { bytes, answer }, signal) {
      const { preprocessing: spec, labels, positiveLabel } = classifier.manifest;
      if (spec.kind !== 'image')
        throw new AssayError('wrong-input-kind', 'Stability is of images; this model takes named numbers.');
      const of = positiveLabel ?? answer.prediction;
      await gate.enter(signal);
      try {
        // Colour, whatever the model sees: images are changed before they are prepared. It was classified: it is not too large.
        const limits = { maxPixels: Number.MAX_SAFE_INTEGER };
        let pixels: Pixels = await decodeImage(bytes, { spec: { ...spec, colour: 'rgb' }, limits });
        const rows: StabilityRow[] = [];
        for (const corruption of changes) {
          signal?.throwIfAborted();
          const changed = await thread.run(pixels, spec, { corruption, seed: 0 });
          pixels = changed.pixels;
          const options = { top: labels.length, ...(signal === undefined ? {} : { signal }) };
          const { answer: next } = await classifier.classifyViews(changed.views, options);
          rows.push({
            corruption,
            name: describeCorruption(corruption),
            prediction: next.prediction,
            probability: next.probabilities[of]!,
            decision: next.decision,
            flips: next.prediction !== answer.prediction || next.decision !== answer.decision,
          });
        }
        return summarised({ of, probability: answer.probabilities[of]!, decision: answer.decision, rows });
      } finally {
        gate.leave();
      }
    },
  };
}

function summarised(found: Pick<Stability, 'of' | 'probability' | 'rows'> & { decision: string }): Stability {
  const { of, probability, rows } = found;
  const all = [probability, ...rows.map((row) => row.probability)];
  return {
    summary: describeStability(found),
    of,
    probability,
    stable: rows.every(({ flips }) => !flips),
    lowest: Math.min(...all),
    highest: Math.max(...all),
    rows,
  };
}
