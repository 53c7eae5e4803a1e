import type { CloudEvent, FeedbackRecord, PredictionRecord } from '@assay/schema';

/** What is remembered of one prediction. */
export interface LoggedPrediction {
  prediction: PredictionRecord;
  /** What was said of it, oldest first: the last holds. */
  feedback: FeedbackRecord[];
}

/** Reads a prediction and what was said of it from the JSON of their events; the same feedback twice counts once. */
export function readLogged(event: string, feedback: readonly string[]): LoggedPrediction {
  const { data } = JSON.parse(event) as CloudEvent<'assay.prediction.made.v1'>;
  const said = feedback.map((text) => (JSON.parse(text) as CloudEvent<'assay.feedback.given.v1'>).data);
  return { prediction: data, feedback: said.filter(({ id }, at) => id !== said[at - 1]?.id) };
}
