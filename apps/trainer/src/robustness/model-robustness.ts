import { corruptions } from '@assay/preprocessing';
import type { Calibration, ImagePreprocessingSpec, Robustness } from '@assay/schema';
import type { LabelledInput } from '../data/labelled-input.ts';
import type { Output } from '../output.ts';
import { scoreExamples } from '../run/score-examples.ts';
import { toScores } from '../run/validate.ts';
import { measureRobustness } from './measure-robustness.ts';

/** Of which model, and on how many images. */
export interface ModelRobustnessOptions {
  preprocessing: ImagePreprocessingSpec;
  /** How many labels it has. */
  labels: number;
  calibration: Calibration;
  /** Position of the positive label, where there is one. */
  positive: number | undefined;
  /** At most so many images, drawn by the seed. */
  images: number;
  seed: number;
  /** Of one operator. */
  threads: number;
  output: Output;
}

/** {@link measureRobustness} of an exported model. Blocks this thread while the model runs. */
export async function modelRobustness(
  model: Uint8Array,
  inputs: readonly LabelledInput[],
  options: ModelRobustnessOptions,
): Promise<Robustness> {
  const { labels, calibration, threads, output } = options;
  const progress = output.progress('corrupting', corruptions.length + 1);
  let done = 0;
  try {
    return await measureRobustness(inputs, {
      ...options,
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
