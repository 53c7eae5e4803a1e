import { checkExport, exportModel, weightsOf } from '@assay/training';
import { evaluateScores } from '../metrics/evaluate-scores.ts';
import type { Refit } from '../run/refit.ts';
import { scoreExamples } from '../run/score-examples.ts';
import type { TrainingSession } from '../run/training-session.ts';
import { toScores } from '../run/validate.ts';
import { gatedModels, gateMeasure, modelsOf, type Choices } from './choose.ts';
import type { Gate } from './gate.ts';
import { isWithinBudget } from './within-budget.ts';

/**
 * The choices that were made by a validation part, for weights that have learnt that part by now: calibration, decision band and the
 * limit of the scope gate stay as they are. Where the limit is one of squared distances in units of the scatter of the training inputs, that
 * is measured anew. INT8 answers where it did before and is within the budget here as well.
 */
export async function carryOver(
  session: TrainingSession,
  choices: Choices,
  { data, state }: Refit,
): Promise<Choices> {
  const { network } = session;
  const anew: TrainingSession = { ...session, data };
  const weights = weightsOf(state);
  const fp32 = exportModel(network, weights, { labels: JSON.stringify(data.labels) });
  await checkExport(network, weights, { model: fp32 });
  const models = await modelsOf(anew, fp32);
  const served =
    choices.served === 'int8' && models.int8 && (await isGoodEnough(anew, fp32, models.int8))
      ? 'int8'
      : 'fp32';
  const gate = choices.gate && (await gateAnew(anew, models[served] ?? fp32, choices.gate));
  const { gate: _, ...rest } = choices;
  return { ...rest, models: gatedModels(models, gate), served, ...(gate ? { gate } : {}) };
}

async function gateAnew(
  session: TrainingSession,
  model: Uint8Array,
  before: Gate,
): Promise<Gate | undefined> {
  // It looks at the image beside the model, whose weights are none of its business.
  if (before.method === 'transformations') return before;
  const { threshold, coverage } = before;
  const measure = await gateMeasure(session, model);
  return measure && { ...measure, threshold, coverage };
}

/** Whether INT8 loses no more than it may, on what was trained on: both know it equally well. */
async function isGoodEnough(session: TrainingSession, fp32: Uint8Array, int8: Uint8Array): Promise<boolean> {
  const { config, data, threads, positive } = session;
  const { train } = data.examples;
  const labels = data.labels.length;
  const figures = async (model: Uint8Array) => {
    const { logits } = await scoreExamples(model, train, { threads, labels });
    return evaluateScores(toScores(logits, train.classes, { labels }), { positive });
  };
  return isWithinBudget(await figures(fp32), await figures(int8), config.int8?.accuracyBudget ?? 0);
}
