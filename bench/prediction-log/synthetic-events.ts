import { createHash, randomBytes } from 'node:crypto';
import { createEvent, uuidV7, type CloudEvent } from '@assay/schema';

/** 2026-05-01, whole day. Milliseconds. */
export const DAY = { from: Date.UTC(2026, 4, 1), ms: 24 * 3_600_000 };

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const model = {
  name: 'ai-vs-real',
  version: '1.0.0',
  digest: digest('model'),
  variant: 'int8' as const,
  preprocessingDigest: digest('preprocessing'),
};
const round = (value: number, digits: number) => Number(value.toPrecision(digits));
const random = (most: number) => round(Math.random() * most, 6);

/** A prediction as inference-api sends it, about an image, with all members: 1.6 KB of JSON. */
export function syntheticPrediction(time: number): CloudEvent<'assay.prediction.made.v1'> {
  const id = uuidV7({ now: time });
  const at = new Date(time).toISOString();
  const p = Math.random();
  const label = p < 0.5 ? 'real' : 'ai';
  return createEvent({
    type: 'assay.prediction.made.v1',
    id,
    source: '/inference-api',
    time: at,
    subject: model.name,
    data: {
      id,
      time: at,
      requestId: id,
      client: 'bench',
      model,
      input: {
        kind: 'image',
        sha256: randomBytes(32).toString('hex'),
        bytes: Math.floor(Math.random() * 4e5),
        format: 'jpeg',
        width: 1200,
        height: 800,
        properties: {
          aspect: random(2),
          brightness: random(255),
          contrast: random(90),
          sharpness: random(1),
          saturation: random(1),
          redShare: random(1),
          greenShare: random(1),
          blueShare: random(1),
          entropy: random(8),
          jpegQuality: 90,
        },
      },
      outcome: 'answered',
      answer: {
        prediction: label,
        probability: round(p, 6),
        confidence: round(Math.max(p, 1 - p), 6),
        margin: round(Math.abs(2 * p - 1), 6),
        entropy: random(1),
        decision: label,
        scores: { ai: round(p, 6), real: round(1 - p, 6) },
        scopeDistance: random(300),
        embedding: Array.from({ length: 32 }, () => round(4 * Math.random() - 2, 4)),
      },
      stages: {
        receive: random(1),
        decode: random(10),
        preprocess: random(5),
        queue: random(1),
        inference: random(20),
        postprocess: random(1),
        total: random(40),
      },
    },
  });
}

/** What somebody said of a prediction, a minute later. */
export function syntheticFeedback(predictionId: string, time: number): CloudEvent<'assay.feedback.given.v1'> {
  const id = uuidV7({ now: time + 60_000 });
  const at = new Date(time + 60_000).toISOString();
  const data = { id, time: at, requestId: id, predictionId, label: 'real', model: model.name };
  return createEvent({ type: 'assay.feedback.given.v1', id, source: '/inference-api', time: at, data });
}
