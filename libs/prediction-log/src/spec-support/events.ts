import { createEvent, type CloudEvent, type FeedbackRecord, type PredictionRecord } from '@assay/schema';

/** The hour that most tests are about. */
export const START = Date.UTC(2026, 4, 1, 7);

const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0');

/** A UUIDv7 of a moment whose random digits are a number. */
export function idOf(time: number, n: number): string {
  const at = hex(time, 12);
  return `${at.slice(0, 8)}-${at.slice(8)}-7000-8000-${hex(n, 12)}`;
}

export const digestOf = (n: number): string => hex(n, 64);

export type PredictionEvent = CloudEvent<'assay.prediction.made.v1'>;
export type FeedbackEvent = CloudEvent<'assay.feedback.given.v1'>;

/** The n-th prediction, `at` milliseconds after {@link START}: an image of its own, a cat with a probability of 0.9. */
export function prediction(
  n: number,
  at = n * 1000,
  changes: Partial<PredictionRecord> = {},
): PredictionEvent {
  const id = idOf(START + at, n);
  const time = new Date(START + at).toISOString();
  const data: PredictionRecord = {
    id,
    time,
    requestId: `request-${n}`,
    model: {
      name: 'pets',
      version: '1.0.0',
      digest: digestOf(1),
      variant: 'int8',
      preprocessingDigest: digestOf(2),
    },
    input: {
      kind: 'image',
      sha256: digestOf(1000 + n),
      bytes: 1000 + n,
      format: 'jpeg',
      width: 40,
      height: 30,
      properties: {
        aspect: 0.75,
        brightness: n,
        contrast: 50,
        sharpness: 0.01,
        saturation: 0.25,
        redShare: 0.4,
        greenShare: 0.35,
        blueShare: 0.25,
        entropy: 7,
        jpegQuality: 90,
      },
    },
    outcome: 'answered',
    answer: {
      prediction: 'cat',
      probability: 0.9,
      confidence: 0.9,
      margin: 0.8,
      entropy: 0.469,
      decision: 'cat',
      scores: { cat: 0.9, dog: 0.1 },
      scopeDistance: 12.5,
      embedding: [n, 0.5, -1.25],
    },
    stages: { inference: 5, total: 10 + n },
    ...changes,
  };
  return createEvent({ type: 'assay.prediction.made.v1', id, source: '/spec', time, subject: 'pets', data });
}

/** A request that was refused. */
export function refusal(n: number, at = n * 1000): PredictionEvent {
  const event = prediction(n, at, { outcome: 'refused', code: 'unreadable-image' });
  delete event.data.answer;
  return event;
}

/** The n-th feedback, on a prediction, `after` milliseconds later than it. */
export function feedback(
  n: number,
  of: PredictionEvent,
  options: { label?: string; after?: number } = {},
): FeedbackEvent {
  const { label = 'dog', after = 60_000 } = options;
  const at = Date.parse(of.time) + after;
  const id = idOf(at, 500_000 + n);
  const time = new Date(at).toISOString();
  const data: FeedbackRecord = {
    id,
    time,
    requestId: `said-${n}`,
    predictionId: of.id,
    label,
    model: 'pets',
  };
  return createEvent({ type: 'assay.feedback.given.v1', id, source: '/spec', time, data });
}

/** Events as an object has them. */
export const linesOf = (events: readonly unknown[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');
