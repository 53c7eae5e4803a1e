import {
  classActivation,
  directionOf,
  occlusion,
  readCamHead,
  toPhotoGrid,
  type CellMap,
  type MaskedSubject,
} from '@assay/explanation';
import { openSession, type TensorOf } from '@assay/model-runtime';
import { calibrate } from '@assay/prediction';
import { pixelsToViews, viewFrames, type Pixels } from '@assay/preprocessing';
import type { Calibration, ImagePreprocessingSpec } from '@assay/schema';
import { modelInput, modelLogits } from '@assay/training';

/** How a model is to be asked. */
export interface ModelQuestion {
  preprocessing: ImagePreprocessingSpec;
  labels: readonly string[];
  calibration: Calibration;
  threads: number;
}

/** An image as the model sees it, with what the model says of it. */
export interface SeenImage {
  /** The position of the most probable label. */
  predicted: number;
  /** The map that speaks for a label, as the API would give it. */
  mapFor(label: number): Promise<CellMap>;
  /** For masks; the measure is the calibrated probability of a label. */
  subject(label: number): MaskedSubject;
}

/** A model whose explanations are looked at, before it is a package. */
export interface ExplainedModel {
  /** How its answers are explained: `cam` where its head allows. */
  method: 'cam' | 'occlusion';
  see(pixels: Pixels): Promise<SeenImage>;
  close(): Promise<void>;
}

/** Opens a model for measuring its explanations. Blocks this thread while the model runs. */
export async function openExplainedModel(
  model: Uint8Array,
  { preprocessing, labels, calibration, threads }: ModelQuestion,
): Promise<ExplainedModel> {
  const session = await openSession(model, { threads });
  const head = readCamHead(model, modelLogits);
  const outputs = [modelLogits, ...(head?.outputs.keys() ?? [])];
  const run = async (shape: readonly number[], data: Float32Array, names: readonly string[]) =>
    (await session.run({ [modelInput]: { type: 'float32', shape, data } }, names)) as Record<
      string,
      TensorOf<'float32'>
    >;

  return {
    method: head === undefined ? 'occlusion' : 'cam',
    async see(pixels) {
      const { views } = await pixelsToViews(pixels, preprocessing);
      const { [modelLogits]: logits, ...maps } = await run(views.shape, views.data, outputs);
      const geometry = viewFrames(pixels, preprocessing);
      const probability = (mean: ArrayLike<number>, label: number) => calibrate(mean, calibration)[label]!;
      const mean = labels.map((_, label) => {
        const rows = logits!.data.length / labels.length;
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += logits!.data[row * labels.length + label]!;
        return sum / rows;
      });
      const subject = (label: number): MaskedSubject => ({
        photo: pixels,
        geometry,
        input: views,
        score: async ({ shape, data }) => (await run(shape, data, [modelLogits]))[modelLogits]!.data,
        measure: (average) => probability(average, label),
      });
      const ranked = calibrate(mean, calibration);
      return {
        predicted: ranked.indexOf(Math.max(...ranked)),
        subject,
        async mapFor(label) {
          if (head === undefined) return (await occlusion(subject(label))).map;
          const { weights } = directionOf(labels, labels[label]!);
          return toPhotoGrid(classActivation(head, maps, weights), pixels, geometry);
        },
      };
    },
    close: () => session.close(),
  };
}
