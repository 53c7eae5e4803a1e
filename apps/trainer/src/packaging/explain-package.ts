import type { ExplanationSpec } from '@assay/schema';
import { openExplainedModel } from '../explanations/explained-model.ts';
import { measureExplanations } from '../explanations/measure-explanations.ts';
import { permutationImportance } from '../explanations/permutation-importance.ts';
import { predictedClass } from '../metrics/scores.ts';
import { scoreExamples } from '../run/score-examples.ts';
import { report, type TrainingSession } from '../run/training-session.ts';
import { toScores } from '../run/validate.ts';
import type { Assessment } from './assess.ts';

/** How the answers of a package are explained, and what the test part says of that. */
export async function explainPackage(
  session: TrainingSession,
  { models, served, calibration }: Assessment,
): Promise<ExplanationSpec> {
  const { config, data, threads, output } = session;
  const { preprocessing, examples } = data;
  const model = models[served] ?? models.fp32;
  const labels = data.labels.length;
  if (preprocessing.kind === 'tabular') {
    const importance = await permutationImportance(examples.test, {
      features: preprocessing.features.map(({ name }) => name),
      seed: config.seed,
      predict: async (changed) => {
        const { logits } = await scoreExamples(model, changed, { threads, labels });
        const scores = toScores(logits, changed.classes, { labels, calibration });
        return changed.classes.map((_, row) => predictedClass(scores, row));
      },
    });
    return { method: 'contributions', importance };
  }
  const explained = await openExplainedModel(model, {
    preprocessing,
    labels: data.labels,
    calibration,
    threads,
  });
  try {
    if (config.explanations === null) return { method: explained.method };
    const images = Math.min(config.explanations.images, data.testInputs.length);
    await report(session, `Measuring the explanations of ${images} images.`);
    const progress = output.progress('explaining', images);
    let done = 0;
    try {
      const figures = await measureExplanations(data.testInputs, explained, {
        preprocessing,
        images,
        seed: config.seed,
        onImage: () => progress.update(++done),
      });
      return { method: explained.method, figures };
    } finally {
      progress.stop();
    }
  } finally {
    await explained.close();
  }
}
