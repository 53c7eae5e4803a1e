import { createEvent, uuidV7, type CloudEvent } from '@assay/schema';

/** A small valid event. */
export function feedbackEvent(id = uuidV7()): CloudEvent<'assay.feedback.given.v1'> {
  const time = new Date().toISOString();
  return createEvent({
    type: 'assay.feedback.given.v1',
    id,
    source: '/inference-api',
    time,
    data: { id, time, requestId: 'r', predictionId: uuidV7(), label: 'a', model: 'fake' },
  });
}
