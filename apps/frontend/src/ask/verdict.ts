import { percent, words } from '../design/format.ts';

/** What an answer says, from the service or from the log. */
export interface Answered {
  /** The most probable label. */
  readonly prediction: string;
  /** Its calibrated probability, 0 to 1. */
  readonly confidence: number;
  /** The label, `uncertain` or `out-of-scope`. */
  readonly decision: string;
  /** Distance from the training data, where the model measures it. */
  readonly distance?: number | undefined;
}

/** What is known of the model's rules of decision. */
export interface Rules {
  /** From which probability on the model commits itself, 0 to 1. */
  readonly minimumConfidence?: number | undefined;
  /** The largest distance that is inside its scope. */
  readonly distanceLimit?: number | undefined;
}

/** An answer in words. */
export interface Verdict {
  /** To be read first: `Very likely AI-generated`. */
  readonly headline: string;
  /** What the number means. */
  readonly meaning: string;
  /** Why it is, or is not, to be acted on. */
  readonly why: string;
  readonly kind: 'sure' | 'uncertain' | 'out-of-scope';
}

/**
 * Words for probabilities, after those that the IPCC uses for its findings: Mastrandrea et al., Guidance Note on Consistent Treatment of
 * Uncertainties, 2010. Each holds from its bound on.
 */
const LIKELIHOODS: readonly (readonly [from: number, words: string])[] = [
  [0.99, 'Almost certainly'],
  [0.9, 'Very likely'],
  [0.66, 'Likely'],
  [0.5, 'More likely than not'],
];

/** What a probability is called, before a label. @param probability 0 to 1 */
export function likelihood(probability: number): string {
  return LIKELIHOODS.find(([from]) => probability >= from)?.[1] ?? 'At best';
}

/** Says an answer in words. */
export function verdictOf(answer: Answered, { minimumConfidence, distanceLimit }: Rules = {}): Verdict {
  const { prediction, confidence, decision, distance } = answer;
  const label = words(prediction);
  const meaning = `On inputs like those it learnt from, about ${Math.round(confidence * 100)} of 100 answers as sure as this one are right.`;
  if (decision === 'uncertain') {
    const asked =
      minimumConfidence === undefined ? '' : ` It commits itself from ${percent(minimumConfidence)} on.`;
    return {
      kind: 'uncertain',
      headline: 'Too close to call',
      meaning,
      why: `The model leans to “${label}” with ${percent(confidence)}, and that is too little to act on.${asked}`,
    };
  }
  if (decision === 'out-of-scope') {
    const times =
      distance === undefined || distanceLimit === undefined
        ? ''
        : ` It lies ${(distance / distanceLimit).toFixed(1)} times as far from what the model learnt as the model allows.`;
    return {
      kind: 'out-of-scope',
      headline: 'Outside of what this model knows',
      meaning: `It would say “${label}” with ${percent(confidence)}, a number that means little here.`,
      why: `This is unlike anything the model was trained on, so its answer is not to be relied on.${times}`,
    };
  }
  const asked =
    minimumConfidence === undefined ? '' : `, above the ${percent(minimumConfidence)} that it asks for`;
  return {
    kind: 'sure',
    headline: `${likelihood(confidence)} ${label}`,
    meaning,
    why: `The model is ${percent(confidence)} sure${asked}${distance === undefined ? '' : ', and finds nothing unusual in what it was given'}.`,
  };
}
