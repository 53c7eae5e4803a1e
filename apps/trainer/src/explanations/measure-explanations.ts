import { deletionInsertion, energyInside, type MapAreas } from '@assay/explanation';
import { decodeImage, type Pixels } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import type { ExplanationFigures, ImagePreprocessingSpec, Measured } from '@assay/schema';
import type { LabelledInput } from '../data/labelled-input.ts';
import { bootstrapInterval } from '../metrics/bootstrap.ts';
import type { ExplainedModel, SeenImage } from './explained-model.ts';
import { patchShare, pastePatch } from './paste-patch.ts';

/** What is measured, and how. */
export interface MeasureOptions {
  preprocessing: ImagePreprocessingSpec;
  /** At most so many images, drawn by the seed. */
  images: number;
  seed: number;
  onImage?: () => void;
}

/** What was found of one image. */
interface OneImage {
  map: MapAreas;
  random: MapAreas;
  /** NaN where there is no image of another class, or nothing speaks for it. */
  inside: number;
}

/**
 * How faithful the maps of a model are: what happens to the probability of its prediction when the cells are hidden or
 * shown in the order of the map, against a random order; and, where part of an image of another class is pasted in,
 * how much of what speaks for that class lies inside.
 *
 * @throws AssayError as `decodeImage`
 */
export async function measureExplanations(
  inputs: readonly LabelledInput[],
  model: ExplainedModel,
  options: MeasureOptions,
): Promise<ExplanationFigures> {
  const { seed, preprocessing } = options;
  const order = seededRandom(seed, 'explanations').shuffle([...inputs.keys()]);
  const drawn = order.slice(0, options.images).map((index) => inputs[index]!);
  const found: OneImage[] = [];
  for (const [index, input] of drawn.entries()) {
    const photo = await pixelsOf(input, preprocessing);
    const seen = await model.see(photo);
    const random = seededRandom(seed, 'explanations', index);
    const map = await seen.mapFor(seen.predicted);
    const shuffled = { ...map, values: map.values.map(() => random.uniform()) };
    const subject = seen.subject(seen.predicted);
    const others = inputs.filter(({ truth }) => truth !== input.truth);
    const partner = others[random.integer(Math.max(1, others.length))];
    found.push({
      map: await deletionInsertion(subject, map),
      random: await deletionInsertion(subject, shuffled),
      inside:
        partner === undefined
          ? Number.NaN
          : await energyOfPatch(model, photo, {
              other: await pixelsOf(partner, preprocessing),
              label: partner.truth,
              random,
            }),
    });
    options.onImage?.();
  }
  const measure = (pick: (one: OneImage) => number) => meanOf(found.map(pick), seed);
  return {
    images: drawn.length,
    deletion: { map: measure(({ map }) => map.deletion), random: measure(({ random }) => random.deletion) },
    insertion: {
      map: measure(({ map }) => map.insertion),
      random: measure(({ random }) => random.insertion),
    },
    ...(found.some(({ inside }) => Number.isFinite(inside))
      ? { patch: { inside: measure(({ inside }) => inside), area: patchShare } }
      : {}),
  };
}

async function energyOfPatch(
  model: ExplainedModel,
  photo: Pixels,
  patch: { other: Pixels; label: number; random: ReturnType<typeof seededRandom> },
): Promise<number> {
  const { pixels, window } = pastePatch(photo, patch.other, patch.random);
  const seen: SeenImage = await model.see(pixels);
  return energyInside(await seen.mapFor(patch.label), window, pixels);
}

async function pixelsOf(input: LabelledInput, spec: ImagePreprocessingSpec): Promise<Pixels> {
  const content = await input.read();
  if (!('bytes' in content)) throw new RangeError(`${input.path} is no image.`);
  return decodeImage(content.bytes, { spec });
}

/** Mean of the finite values with its 95 % bootstrap interval. */
function meanOf(values: readonly number[], seed: number): Measured {
  const finite = values.filter(Number.isFinite);
  const mean = (weights: ArrayLike<number>) => {
    let sum = 0;
    let count = 0;
    finite.forEach((value, index) => {
      sum += value * weights[index]!;
      count += weights[index]!;
    });
    return sum / count;
  };
  const value = mean(finite.map(() => 1));
  const interval = bootstrapInterval(finite.length, mean, { seed });
  return { value, interval: [interval[0], interval[1]] };
}
