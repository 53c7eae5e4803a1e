import { createEvent, uuidV7, type AssayError, type FeedbackRecord } from '@assay/schema';
import { currentRequest } from '@assay/service-kit';
import type { Delivered, Delivery } from '../delivery/delivery.ts';
import { outcomeOf } from '../prediction-metrics.ts';
import { buildRecord, type Ending } from './build-record.ts';
import { fitEvent } from './fit-event.ts';
import type { ImageKeeper } from './image-keeper.ts';
import type { PredictionDraft } from './prediction-draft.ts';

/** Whether answers wait until they are remembered. */
export type LogDelivery = 'acknowledged' | 'background';

/** Remembers predictions, answered or not, and feedback. */
export interface PredictionLog {
  /**
   * Remembers a prediction, once.
   *
   * @param error why there is no answer; the draft's answer counts where absent
   * @returns where the record is, or `background` where nobody waits for that
   */
  remember(draft: PredictionDraft, error?: AssayError): Promise<Delivered | 'background'>;
  /** Remembers feedback, and waits for it in any case. */
  rememberFeedback(said: Pick<FeedbackRecord, 'predictionId' | 'label' | 'model' | 'client'>): Promise<{
    record: FeedbackRecord;
    delivered: Delivered;
  }>;
}

export interface PredictionLogOptions {
  readonly delivery: Delivery;
  readonly mode: LogDelivery;
  /** Where images are kept at all. */
  readonly keeper?: ImageKeeper;
}

/** Who says what is said, in the events. */
const SOURCE = '/inference-api';

export function createPredictionLog({ delivery, mode, keeper }: PredictionLogOptions): PredictionLog {
  return {
    async remember(draft, error) {
      if (draft.isLogged === true) return 'background';
      draft.isLogged = true;
      const ending: Ending =
        error === undefined ? { outcome: 'answered' } : { outcome: outcomeOf(error), code: error.code };
      const digest = await draft.digest;
      const { upload, prediction } = draft;
      const stored =
        digest !== undefined &&
        upload !== undefined &&
        'bytes' in upload &&
        keeper?.keep(upload.bytes, {
          sha256: digest.sha256,
          ...(error === undefined ? {} : { code: error.code }),
          ...(prediction === undefined ? {} : { decision: prediction.decision }),
        }) === true;
      const request = requestOf();
      const time = new Date();
      const record = buildRecord(draft, {
        ...ending,
        ...request,
        time,
        stored,
        ...(digest === undefined ? {} : { digest }),
      });
      const event = createEvent({
        type: 'assay.prediction.made.v1',
        id: record.id,
        source: SOURCE,
        time,
        ...(record.model === undefined ? {} : { subject: record.model.name }),
        data: record,
      });
      const delivered = delivery.deliver(fitEvent(event));
      return mode === 'acknowledged' ? delivered : 'background';
    },
    async rememberFeedback(said) {
      const id = uuidV7();
      const time = new Date();
      const record: FeedbackRecord = { id, time: time.toISOString(), ...requestOf(), ...said };
      const event = createEvent({
        type: 'assay.feedback.given.v1',
        id,
        source: SOURCE,
        time,
        subject: said.model,
        data: record,
      });
      return { record, delivered: await delivery.deliver(event) };
    },
  };
}

function requestOf(): { requestId: string; traceId?: string } {
  const { requestId, traceId } = currentRequest() ?? { requestId: 'none' };
  return { requestId, ...(traceId === undefined ? {} : { traceId }) };
}
