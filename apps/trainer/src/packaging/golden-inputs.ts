import { encodeImage } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import type { GoldenCase, PreprocessingSpec } from '@assay/schema';

/** Input of a golden case, before the model has answered it. */
export type GoldenInput = Pick<GoldenCase, 'name' | 'input'>;

/** Side of the squares of noise: large enough for the PNG to stay small. */
const grain = 4;

/**
 * Made-up inputs, from the seed alone: no file of a data set goes into a package.
 *
 * @param size What the network saw in training, for models that take images as they are.
 */
export async function goldenInputs(
  preprocessing: PreprocessingSpec,
  options: { seed: number; size: { width: number; height: number } },
): Promise<GoldenInput[]> {
  const names = ['made-up-1', 'made-up-2'];
  return Promise.all(
    names.map(async (name) => {
      const random = seededRandom(options.seed, 'golden', name);
      if (preprocessing.kind === 'tabular') {
        const features = preprocessing.features.map(
          (feature) => [feature.name, feature.mean + feature.std * random.normal()] as const,
        );
        return { name, input: { features: Object.fromEntries(features) } };
      }
      const size = preprocessing.resize.mode === 'none' ? options.size : { width: 64, height: 48 };
      const png = await encodeImage({ ...size, channels: 3, data: paint(size, name, options.seed) }, 'png');
      return { name, input: { mediaType: 'image/png', base64: Buffer.from(png).toString('base64') } };
    }),
  );
}

/** Colour gradients from corner to corner with squares of noise on them; RGB, row-major. */
function paint(size: { width: number; height: number }, name: string, seed: number): Uint8Array {
  const { width, height } = size;
  const random = seededRandom(seed, 'golden', name);
  const ends = Array.from({ length: 6 }, () => random.integer(256));
  const columns = Math.ceil(width / grain);
  const noise = Array.from({ length: columns * Math.ceil(height / grain) }, () => 20 * random.normal());
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++) {
        const share = (x / width + y / height) / 2;
        const smooth = ends[channel]! * (1 - share) + ends[channel + 3]! * share;
        const bump = noise[Math.floor(y / grain) * columns + Math.floor(x / grain)]!;
        data[(y * width + x) * 3 + channel] = Math.max(0, Math.min(255, Math.round(smooth + bump)));
      }
  return data;
}
