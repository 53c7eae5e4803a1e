import type { components as Drift } from './drift.gen.ts';
import type { components as Inference, operations } from './inference.gen.ts';

/** A line of `GET /models`. */
export type ServedModel = Inference['schemas']['ModelList']['models'][number];

/** `GET /models/{name}`. */
export type ModelDetails = Inference['schemas']['ModelDetails'];

/** Answer of `POST /predict` to one input. */
export type Prediction = Exclude<Inference['schemas']['Prediction'], { results: unknown }>;

/** What the answer was explained by, where that was asked for. */
export type Explanation = NonNullable<Prediction['explanation']>;
export type MapExplanation = Extract<Explanation, { overlay: string }>;
export type ContributionsExplanation = Extract<Explanation, { method: 'contributions' }>;
export type ExplanationMethod = NonNullable<
  NonNullable<operations['predict']['parameters']['query']>['explain']
>;

/** A prediction from the log. */
export type RememberedPrediction = Drift['schemas']['RememberedPrediction'];

/** What a file says of its own origin. */
export type Evidence = NonNullable<Prediction['evidence']>;

/** How an answer stands up to what happens to pictures on their way. */
export type Stability = NonNullable<Prediction['stability']>;
