import { seededRandom } from '@assay/random';
import { corruptImage, corruptions, decodeImage, pixelsToViews, type Pixels } from '@assay/preprocessing';
import {
  AssayError,
  type Corruption,
  type ImagePreprocessingSpec,
  type Measured,
  type Robustness,
} from '@assay/schema';
import type { Examples } from '../data/examples.ts';
import type { LabelledInput } from '../data/labelled-input.ts';
import { accuracyOf } from '../metrics/accuracy.ts';
import { bootstrapDraws, percentileInterval } from '../metrics/bootstrap.ts';
import { classRanking } from '../metrics/ranking.ts';
import type { Scores } from '../metrics/scores.ts';
import { once, type Statistic } from '../metrics/statistic.ts';

/** What is measured, and how. */
export interface RobustnessOptions {
  preprocessing: ImagePreprocessingSpec;
  /** Calibrated probabilities of the model, in the order of the examples. */
  score: (examples: Examples) => Promise<Scores>;
  /** Position of the positive label, where there is one. */
  positive?: number | undefined;
  /** At most so many images, drawn by the seed. */
  images: number;
  seed: number;
  onCorruption?: () => void;
}

/**
 * How much a model loses when its images are compressed, blurred, shrunk, … : each image is decoded, corrupted at its
 * own size and then prepared and scored as in serving. Every corruption sees the same images, so that the
 * changes are paired.
 *
 * @throws AssayError as `decodeImage`.
 */
export async function measureRobustness(
  inputs: readonly LabelledInput[],
  options: RobustnessOptions,
): Promise<Robustness> {
  const { seed, positive } = options;
  const order = seededRandom(seed, 'robustness').shuffle([...inputs.keys()]);
  const drawn = order.slice(0, options.images).map((index) => inputs[index]!);
  const statistics: Statistic[] = [];
  for (const corruption of [undefined, ...corruptions]) {
    const scores = await options.score(corrupted(drawn, corruption, options));
    statistics.push(accuracyOf(scores));
    if (positive !== undefined) statistics.push(classRanking(scores, positive).areaUnderRoc);
    options.onCorruption?.();
  }
  const all = (weights: ArrayLike<number>) => statistics.map((statistic) => statistic(weights));
  const values = all(once(drawn.length));
  const draws = bootstrapDraws(drawn.length, all, { seed });
  const perRow = positive === undefined ? 1 : 2;
  const measure = (at: number): Measured => described(values[at]!, draws[at]!);
  const change = (at: number): Measured => {
    const clean = at % perRow;
    return described(
      values[at]! - values[clean]!,
      draws[at]!.map((value, draw) => value - draws[clean]![draw]!),
    );
  };
  const hasAuroc = positive !== undefined && Number.isFinite(values[1]);
  return {
    images: drawn.length,
    clean: { accuracy: measure(0), ...(hasAuroc ? { auroc: measure(1) } : {}) },
    rows: corruptions.map((corruption, index) => {
      const at = (index + 1) * perRow;
      return {
        corruption,
        accuracy: measure(at),
        accuracyChange: change(at),
        ...(hasAuroc ? { auroc: measure(at + 1), aurocChange: change(at + 1) } : {}),
      };
    }),
  };
}

function described(value: number, draws: Float64Array): Measured {
  return { value, interval: [...percentileInterval(draws)] };
}

/** The inputs, corrupted in the same way each time. */
function corrupted(
  inputs: readonly LabelledInput[],
  corruption: Corruption | undefined,
  { preprocessing, seed }: RobustnessOptions,
): Examples {
  return {
    classes: Int32Array.from(inputs, ({ truth }) => truth),
    views: async (index) => {
      const { path, read } = inputs[index]!;
      const input = await read();
      if (!('bytes' in input)) throw new AssayError('wrong-input-kind', `${path} is not an image.`);
      // Grey comes last, as in serving.
      const image: Pixels = await decodeImage(input.bytes, { spec: { ...preprocessing, colour: 'rgb' } });
      const random = seededRandom(seed, 'corruption', index);
      const changed = corruption ? await corruptImage(image, corruption, random) : image;
      return (await pixelsToViews(changed, preprocessing)).views;
    },
  };
}
