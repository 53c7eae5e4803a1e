import type { ModelEvaluation } from '@assay/schema';
import { measureRobustness } from '../robustness/measure-robustness.ts';
import { corruptions } from '../robustness/corruptions.ts';
import { scoreExamples } from '../run/score-examples.ts';
import { report, type TrainingSession } from '../run/training-session.ts';
import { toScores } from '../run/validate.ts';
import { defaultImageSlices, inputProperties } from '../slices/input-properties.ts';
import { measureSlices } from '../slices/measure-slices.ts';
import type { Assessment } from './assess.ts';
import { describeEvaluation } from './describe-evaluation.ts';

/** Looks closer at the variant that answers requests, on the test part: under corruptions, and slice by slice. */
export async function examine(session: TrainingSession, assessment: Assessment): Promise<ModelEvaluation> {
  const { config, data } = session;
  const { coverage, accuracy, insideScope } = assessment.answers;
  const names = config.slices ?? (data.preprocessing.kind === 'image' ? defaultImageSlices : []);
  const properties = await inputProperties(data.testInputs, names, data.preprocessing);
  const robustness = await robustnessOf(session, assessment);
  return describeEvaluation(assessment.test, {
    labels: data.labels,
    decisions: { answered: coverage, insideScope, accuracy },
    slices: measureSlices(assessment.testScores, properties),
    ...(robustness ? { robustness } : {}),
  });
}

async function robustnessOf(session: TrainingSession, { models, served, calibration }: Assessment) {
  const { config, data, threads, positive, output } = session;
  const { preprocessing, testInputs } = data;
  if (config.robustness === null || preprocessing.kind !== 'image') return undefined;
  const labels = data.labels.length;
  const model = models[served] ?? models.fp32;
  await report(session, `Measuring robustness under ${corruptions.length} corruptions.`);
  const progress = output.progress('corrupting', corruptions.length + 1);
  let done = 0;
  try {
    return await measureRobustness(testInputs, {
      preprocessing,
      positive,
      images: config.robustness.images,
      seed: config.seed,
      score: async (examples) =>
        toScores((await scoreExamples(model, examples, { threads, labels })).logits, examples.classes, {
          labels,
          calibration,
        }),
      onCorruption: () => progress.update(++done),
    });
  } finally {
    progress.stop();
  }
}
