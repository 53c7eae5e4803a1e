import { createEvent, type CloudEvent } from '@assay/schema';

/** The n-th event of the topic `models`. */
export function promotion(n: number, model = 'birds'): CloudEvent<'assay.model.promoted.v1'> {
  return createEvent({
    type: 'assay.model.promoted.v1',
    id: `promotion-${n}`,
    source: '/spec',
    time: '2026-05-01T07:00:00.000Z',
    subject: model,
    data: { model, alias: 'champion', version: `1.${n}.0` },
  });
}

/** The n-th event of the topic `feedback`. */
export function feedback(n: number, label = 'real'): CloudEvent<'assay.feedback.given.v1'> {
  const id = `01890a5d-ac96-774b-bcce-${n.toString(16).padStart(12, '0')}`;
  const time = '2026-05-01T07:00:00.000Z';
  return createEvent({
    type: 'assay.feedback.given.v1',
    id,
    source: '/spec',
    time,
    data: { id, time, requestId: `request-${n}`, predictionId: id, label, model: 'birds' },
  });
}
