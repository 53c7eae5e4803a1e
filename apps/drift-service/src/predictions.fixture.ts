import { createEvent, uuidV7, type CloudEvent, type PredictionRecord } from '@assay/schema';

export interface GivenPrediction {
  /** Default: now. */
  readonly time?: Date;
  readonly model?: string;
  readonly version?: string;
  readonly client?: string;
  /** The most probable label, and its probability; `refused` where there is to be no answer. */
  readonly label?: string;
  readonly confidence?: number;
  readonly refused?: PredictionRecord['code'];
  /** Whole time in the service. */
  readonly milliseconds?: number;
}

/** A prediction as inference-api publishes it. */
export function prediction(given: GivenPrediction = {}): CloudEvent<'assay.prediction.made.v1'> {
  const { time = new Date(), model = 'cats', version = '1.0.0', label = 'cat', confidence = 0.75 } = given;
  const { client, refused, milliseconds = 10 } = given;
  const id = uuidV7({ now: time.getTime() });
  const data: PredictionRecord = {
    id,
    time: time.toISOString(),
    requestId: 'a-request',
    ...(client === undefined ? {} : { client }),
    model: {
      name: model,
      version,
      digest: 'a'.repeat(64),
      variant: 'fp32',
      preprocessingDigest: 'b'.repeat(64),
    },
    input: { kind: 'image', sha256: 'c'.repeat(64), bytes: 1000, format: 'png' },
    ...(refused === undefined
      ? {
          outcome: 'answered',
          answer: {
            prediction: label,
            probability: confidence,
            confidence,
            margin: 0.5,
            entropy: 0.8,
            decision: confidence < 0.6 ? 'uncertain' : label,
            scores: { [label]: confidence },
          },
        }
      : { outcome: 'refused', code: refused }),
    stages: { total: milliseconds },
  };
  return createEvent({ type: 'assay.prediction.made.v1', id, source: '/spec', time, subject: model, data });
}

/** What was said of a prediction. */
export function feedback(
  { data: { id: predictionId, model } }: CloudEvent<'assay.prediction.made.v1'>,
  label: string,
  time = new Date(),
): CloudEvent<'assay.feedback.given.v1'> {
  const id = uuidV7({ now: time.getTime() });
  const data = {
    id,
    time: time.toISOString(),
    requestId: 'another',
    predictionId,
    label,
    model: model!.name,
  };
  return createEvent({ type: 'assay.feedback.given.v1', id, source: '/spec', time, data });
}
