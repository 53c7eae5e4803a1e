import type { ModelEvaluation, Robustness } from '@assay/schema';
import type { InputFacts } from '../data/measure-inputs.ts';
import { corruptions } from '@assay/preprocessing';
import { modelRobustness } from '../robustness/model-robustness.ts';
import { report, type TrainingSession } from '../run/training-session.ts';
import { defaultImageSlices, inputProperties } from '../slices/input-properties.ts';
import { measureSlices } from '../slices/measure-slices.ts';
import type { Assessment } from './assess.ts';
import { describeEvaluation } from './describe-evaluation.ts';

/**
 * Looks closer at the variant that answers requests, on the test part: under corruptions, and slice by slice.
 *
 * @param facts of the inputs of the test part
 */
export async function examine(
  session: TrainingSession,
  assessment: Assessment,
  facts: readonly InputFacts[],
): Promise<ModelEvaluation> {
  const { config, data } = session;
  const { coverage, accuracy, insideScope } = assessment.answers;
  const names = config.slices ?? (data.preprocessing.kind === 'image' ? defaultImageSlices : []);
  const robustness = await robustnessOf(session, assessment);
  return describeEvaluation(assessment.test, {
    labels: data.labels,
    decisions: { answered: coverage, insideScope, accuracy },
    slices: measureSlices(assessment.testScores, inputProperties(facts, names, data.preprocessing)),
    ...(robustness ? { robustness } : {}),
  });
}

async function robustnessOf(
  session: TrainingSession,
  { models, served, calibration }: Assessment,
): Promise<Robustness | undefined> {
  const { config, data, threads, positive, output } = session;
  const { preprocessing, testInputs } = data;
  if (config.robustness === null || preprocessing.kind !== 'image') return undefined;
  await report(session, `Measuring robustness under ${corruptions.length} corruptions.`);
  return modelRobustness(models[served] ?? models.fp32, testInputs, {
    preprocessing,
    labels: data.labels.length,
    calibration,
    positive,
    images: config.robustness.images,
    seed: config.seed,
    threads,
    output,
  });
}
