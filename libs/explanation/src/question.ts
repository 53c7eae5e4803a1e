import type { Classifier, ClassifierInput, ClassifierResult } from '@assay/prediction';
import type { ContributionsExplanation, ExplanationMethod, MapMethod } from '@assay/schema';
import type { HeatMap } from './heat-map.ts';

export interface ExplainOptions {
  /** Default: the best that the model offers. */
  readonly method?: ExplanationMethod;
  /** What is explained. Default: the prediction. */
  readonly label?: string;
  /** How many of the best labels the answer lists. */
  readonly top?: number;
  /** Aborts the request between two runs of the model. */
  readonly signal?: AbortSignal;
}

/** An answer and why it is so: a map over the image, or what each feature contributes. */
export type Explained = { readonly result: ClassifierResult } & (
  | { readonly map: HeatMap; readonly contributions?: undefined }
  | { readonly contributions: ContributionsExplanation; readonly map?: undefined }
);

/** What every way to explain is given. */
export interface Question {
  readonly classifier: Classifier;
  readonly input: ClassifierInput;
  readonly options: ExplainOptions;
}

/** Ways to explain that run the model many times. */
export type PerturbationMethod = Exclude<MapMethod, 'cam'>;
