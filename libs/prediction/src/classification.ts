import type { Classification, ModelManifest } from '@assay/schema';
import { calibrate } from './calibrate.ts';
import { decide } from './decide.ts';
import { rankLabels, type RankedLabel } from './rank-labels.ts';

/** What the manifest contributes to an answer. */
export type AnswerSpec = Pick<
  ModelManifest,
  'name' | 'version' | 'labels' | 'positiveLabel' | 'calibration' | 'decision' | 'scopeGate'
>;

/** What the model said of one input. */
export interface Scores {
  readonly variant: 'fp32' | 'int8';
  /** Raw, averaged over the views, `[labels]`. */
  readonly logits: ArrayLike<number>;
  readonly views: number;
  /** As the model's scope gate measures it, where it has one. */
  readonly distance?: number;
}

/** Length of `top` unless asked otherwise. */
export const DEFAULT_TOP = 5;

/**
 * From raw scores to the answer: calibrated probabilities, the best labels, and what to act on.
 *
 * @param top length of the list of best labels, clipped to 1 … number of labels
 * @throws AssayError as {@link calibrate}
 */
export function classificationOf(spec: AnswerSpec, scores: Scores, top = DEFAULT_TOP): Classification {
  const { labels, positiveLabel, scopeGate } = spec;
  const { variant, logits, views, distance } = scores;
  const probabilities = calibrate(logits, spec.calibration);
  const ranked = rankLabels(labels, probabilities, top);
  const [best] = ranked as [RankedLabel];
  const scope =
    scopeGate === undefined || distance === undefined
      ? undefined
      : { distance, threshold: scopeGate.threshold, inside: distance <= scopeGate.threshold };
  const positive = positiveLabel === undefined ? best.index : labels.indexOf(positiveLabel);
  const decision = decide({
    label: best.label,
    confidence: best.probability,
    minimumConfidence: spec.decision.minimumConfidence,
    ...(scope === undefined ? {} : { inside: scope.inside }),
  });
  return {
    model: { name: spec.name, version: spec.version, variant },
    prediction: best.label,
    probability: probabilities[positive]!,
    probabilities: Object.fromEntries(labels.map((label, i) => [label, probabilities[i]!])),
    top: ranked,
    decision,
    confidence: best.probability,
    ...(scope === undefined ? {} : { scope }),
    views,
  };
}
