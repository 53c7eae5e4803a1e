import type { AssayError, PredictionList } from '@assay/schema';
import { currentRequest, problemDocumentOf, toAssayError, type Logger } from '@assay/service-kit';
import type { Checks, WantedChecks } from './checks.ts';
import type { Delivered } from './delivery/delivery.ts';
import { inLanes } from './in-lanes.ts';
import { newDraft, type PredictionDraft } from './log/prediction-draft.ts';
import type { Observers } from './observed.ts';
import { predictAndCheck } from './predict-and-check.ts';
import { outcomeOf, type Outcome } from './prediction-metrics.ts';
import type { LoadedModel } from './served-models.ts';
import type { ListedUpload } from './upload/read-upload.ts';

export interface ListOptions {
  readonly top: number;
  readonly signal: AbortSignal;
  readonly observers: Observers;
  readonly logger: Logger;
  readonly checks: Checks;
  readonly wanted: WantedChecks;
  /** Who asks. */
  readonly client?: string | undefined;
}

/** The answers to several inputs. */
export interface ListedAnswers {
  readonly list: PredictionList;
  /** What became of their records. */
  readonly delivered: readonly (Delivered | 'background' | undefined)[];
}

/** Inputs of one batch that are worked on at once: enough to keep a few cores busy, few enough to let others in. */
const LANES = 4;

/**
 * Answers several uploads, each by itself: one that cannot be answered gets its problem and the others their answers. Each
 * counts as a prediction of its own, and is remembered as one; the records are waited for together.
 *
 * @throws AssayError `request-aborted` where the caller goes away
 */
export async function predictList(
  model: LoadedModel,
  uploads: readonly ListedUpload[],
  options: ListOptions,
): Promise<ListedAnswers> {
  const { metrics, log } = options.observers;
  const requestId = currentRequest()?.requestId ?? 'unknown';
  const deliveries: Promise<Delivered | 'background' | undefined>[] = [];
  const results = await inLanes(uploads, LANES, async ({ upload, file }, index) => {
    const place = { index, ...(file === undefined ? {} : { file }) };
    const draft = newDraft({ model, ...(options.client === undefined ? {} : { client: options.client }) });
    const finish = (outcome: Outcome, error?: AssayError) => {
      metrics.finished(model.package.name, outcome, (performance.now() - draft.start) / 1000);
      if (log !== undefined) deliveries.push(log.remember(draft, error));
    };
    try {
      const answer = await answerOf(upload, draft, { ...options, model });
      finish('answered');
      return { ...place, ...answer };
    } catch (thrown) {
      const error = toAssayError(thrown);
      if (options.signal.aborted) throw error;
      metrics.error(error.code);
      finish(outcomeOf(error), error);
      if (error.status === 500) options.logger.error({ err: error, code: error.code, index }, error.message);
      return { ...place, problem: problemDocumentOf(error, requestId) };
    }
  });
  const refused = results.filter((result) => 'problem' in result).length;
  return {
    list: { results, answered: results.length - refused, refused },
    delivered: await Promise.all(deliveries),
  };
}

async function answerOf(
  upload: ListedUpload['upload'],
  draft: PredictionDraft,
  { model, top, signal, checks, wanted, observers: { metrics, log } }: ListOptions & { model: LoadedModel },
) {
  if (isRefusal(upload)) throw upload;
  if ('bytes' in upload) metrics.imageSize(upload.bytes.length);
  const prediction = await predictAndCheck(model, upload, {
    draft,
    observe: log !== undefined,
    top,
    signal,
    checks,
    wanted,
  });
  metrics.stages(draft.stages ?? {});
  return prediction;
}

function isRefusal(upload: ListedUpload['upload']): upload is AssayError {
  return upload instanceof Error;
}
