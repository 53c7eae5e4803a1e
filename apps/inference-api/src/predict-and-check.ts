import type { Prediction } from '@assay/schema';
import { abandonable } from './abandonable.ts';
import type { Checks, WantedChecks } from './checks.ts';
import { predict, type PredictOptions } from './predict.ts';
import type { LoadedModel } from './served-models.ts';
import type { Upload } from './upload/read-upload.ts';

export interface PredictAndCheckOptions extends PredictOptions {
  readonly wanted: WantedChecks;
  readonly checks: Checks;
}

/**
 * {@link predict}, with what else was asked for. The checks see the file and the answer, and nothing that the answer is made
 * from: they cannot change it. What is remembered is the answer without them.
 */
export async function predictAndCheck(
  model: LoadedModel,
  upload: Upload,
  { wanted, checks, ...options }: PredictAndCheckOptions,
): Promise<Prediction> {
  // Rows have neither; a model of images refuses them.
  if (!('bytes' in upload) || (!wanted.evidence && !wanted.stability)) return predict(model, upload, options);
  const { draft, signal } = options;
  const { bytes } = upload;
  const timed = async <T>(stage: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    draft.stages = { ...draft.stages, [stage]: performance.now() - start };
    return result;
  };
  const scored = async () => {
    const answer = await predict(model, upload, options);
    if (!wanted.stability) return answer;
    const check = () => checks.stability(model, { bytes, answer }, signal);
    return { ...answer, stability: await timed('stability', () => abandonable(signal, check)) };
  };
  // Another process reads the evidence meanwhile.
  const [answer, evidence] = await Promise.all([
    scored(),
    wanted.evidence ? timed('evidence', () => checks.evidence(bytes)) : undefined,
  ]);
  return evidence === undefined ? answer : { ...answer, evidence };
}
