import type { AssayError, PredictionList } from '@assay/schema';
import { currentRequest, problemDocumentOf, toAssayError, type Logger } from '@assay/service-kit';
import { inLanes } from './in-lanes.ts';
import { outcomeOf } from './observed.ts';
import { predict } from './predict.ts';
import type { PredictionMetrics } from './prediction-metrics.ts';
import type { LoadedModel } from './served-models.ts';
import type { ListedUpload } from './upload/read-upload.ts';

export interface ListOptions {
  readonly top: number;
  readonly signal: AbortSignal;
  readonly metrics: PredictionMetrics;
  readonly logger: Logger;
}

/** Inputs of one batch that are worked on at once: enough to keep a few cores busy, few enough to let others in. */
const LANES = 4;

/**
 * Answers several uploads, each by itself: one that cannot be answered gets its problem and the others their answers. Each
 * counts as a prediction of its own.
 *
 * @throws AssayError `request-aborted` where the caller goes away
 */
export async function predictList(
  model: LoadedModel,
  uploads: readonly ListedUpload[],
  options: ListOptions,
): Promise<PredictionList> {
  const requestId = currentRequest()?.requestId ?? 'unknown';
  const results = await inLanes(uploads, LANES, async ({ upload, file }, index) => {
    const place = { index, ...(file === undefined ? {} : { file }) };
    const start = performance.now();
    const finish = (outcome: Parameters<PredictionMetrics['finished']>[1]) =>
      options.metrics.finished(model.package.name, outcome, (performance.now() - start) / 1000);
    try {
      const answer = await answerOf(model, upload, options);
      finish('answered');
      return { ...place, ...answer };
    } catch (thrown) {
      const error = toAssayError(thrown);
      if (options.signal.aborted) throw error;
      options.metrics.error(error.code);
      finish(outcomeOf(error));
      if (error.status === 500) options.logger.error({ err: error, code: error.code, index }, error.message);
      return { ...place, problem: problemDocumentOf(error, requestId) };
    }
  });
  const refused = results.filter((result) => 'problem' in result).length;
  return { results, answered: results.length - refused, refused };
}

async function answerOf(model: LoadedModel, upload: ListedUpload['upload'], options: ListOptions) {
  if (isRefusal(upload)) throw upload;
  const { top, signal, metrics } = options;
  if ('bytes' in upload) metrics.imageSize(upload.bytes.length);
  const { prediction, stages } = await predict(model, upload, { top, signal });
  metrics.stages(stages);
  return prediction;
}

function isRefusal(upload: ListedUpload['upload']): upload is AssayError {
  return upload instanceof Error;
}
